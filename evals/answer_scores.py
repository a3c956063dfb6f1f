"""Score an answer against the words it must hold and the passages that hold them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from evals.questions import EvalQuestion

_QUOTES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"'})
_EMPHASIS = re.compile(r"[*`]|(?<![a-z0-9])_|_(?![a-z0-9])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Hold a question, what a full answer must hold and the passages that hold it; none: not answerable.

    `must` is met when one alternative of each inner list occurs.
    """

    id: str
    corpus: str
    kind: str
    text: str
    answerable: bool
    must: tuple[tuple[str, ...], ...]
    gold: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, corpus: str, row: EvalQuestion) -> Question:
        """Take a question of a corpus; its gold is kept as pairs of path and quote."""
        return cls(
            id=row.id,
            corpus=corpus,
            kind=row.kind,
            text=row.question,
            answerable=bool(row.gold),
            must=row.must,
            gold=tuple((gold.documents[0], gold.quote) for gold in row.gold),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Tell how an answer does: whether it is full in its first claim or in all, and its useless claims."""

    question: Question
    claims: int
    first: bool
    anywhere: bool
    useless: int

    @property
    def silent(self) -> bool:
        """Tell whether nothing was claimed."""
        return not self.claims


def score(question: Question, claims: Sequence[str]) -> Score:
    """Score the texts of claims, in order."""
    return Score(
        question=question,
        claims=len(claims),
        first=bool(claims) and is_full(question.must, claims[0]),
        anywhere=bool(claims) and is_full(question.must, "\n".join(claims)),
        useless=sum(not helps(question, claim) for claim in claims),
    )


def is_full(must: Sequence[Sequence[str]], text: str) -> bool:
    """Tell whether one alternative of every inner list occurs in a text; never where nothing is asked for."""
    said = plain(text)
    return bool(must) and all(any(_occurs(words, said) for words in alternatives) for alternatives in must)


def helps(question: Question, claim: str) -> bool:
    """Tell whether a claim holds a part of a full answer, or words of a gold passage."""
    said = plain(claim)
    if any(_occurs(words, said) for alternatives in question.must for words in alternatives):
        return True
    return any(said in quote or quote in said for quote in (plain(quote) for _, quote in question.gold))


def plain(text: str) -> str:
    """Return a text in lower case, without Markdown emphasis, and with single spaces."""
    return " ".join(_EMPHASIS.sub("", text.translate(_QUOTES).lower()).split())


def _occurs(words: str, said: str) -> bool:
    return _pattern(words).search(said) is not None


@lru_cache(maxsize=4096)
def _pattern(words: str) -> re.Pattern[str]:
    """Find words not inside a longer word or number."""
    left = r"(?<![a-z0-9])(?<![0-9][.,])" if words[0].isalnum() else ""
    right = r"(?![a-z0-9])(?![.,][0-9])" if words[-1].isalnum() else ""
    return re.compile(left + re.escape(plain(words)) + right)
