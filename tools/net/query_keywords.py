"""Reduce a question to its words: no sign or word that is left is an operator in a service's syntax."""

from __future__ import annotations

from textwrap import wrap
from unicodedata import category

from graph.errors import Unusable
from tools.lexicon.terms import is_stop

LONGEST = 300
_OPERATORS = frozenset({"and", "or", "not", "andnot"})
_KEPT = frozenset("LMN")  # letters, the marks they bear, numbers: all else could be syntax somewhere


def keywords(query: str, longest: int = LONGEST) -> list[str]:
    """Return the words of a question without stop words, at most `longest` characters joined by blanks.

    Stop words are kept where there are no other words. Raises Unusable where there are no words at all.
    """
    words = [word for word in _words(query) if word.lower() not in _OPERATORS]
    telling = [word for word in words if not is_stop(word)] or words
    if not telling:
        raise Unusable("the question holds no words to search for: ask in words")
    return wrap(" ".join(telling), longest, break_on_hyphens=False)[0].split()


def _words(query: str) -> list[str]:
    plain = query.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    kept = "".join(sign if sign == "'" or category(sign)[0] in _KEPT else " " for sign in plain)
    return [word for piece in kept.split() if (word := piece.strip("'"))]
