"""Hyphens at line ends: some part a word, some belong to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, cached_property, reduce

from zxcvbn.frequency_lists import FREQUENCY_LISTS

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_HYPHENS = ("-", "\u2010", "\u00ad")
_BROKEN = re.compile(r"([^\W_]{1,40})[-\u2010\u00ad]$")
_LONGEST = 42
_FIRST = re.compile(r"[^\W_]+")
_ENDINGS = ("s", "es", "ed", "d", "ing", "ly", "'s", "ally")
_SHORTEST = 3
_CJK = "\u2e80"
_HANGUL = re.compile("[\uac00-\ud7a3]")


@cache
def usual_words() -> frozenset[str]:
    """Return some 80,000 English words, names among them: lists that come with the check of passwords."""
    return frozenset().union(*FREQUENCY_LISTS.values())


def broken(line: str) -> bool:
    """Tell whether a line ends in the middle of a word or of a compound."""
    return _broken(line) is not None


def _broken(line: str) -> re.Match[str] | None:
    return _BROKEN.search(line, max(0, len(line) - _LONGEST)) if line.endswith(_HYPHENS) else None


class Hyphens:
    """Join the lines of a document, whose words tell how one is written that a line end breaks.

    A hyphen stays in a compound that the document writes so elsewhere, else between two English words that
    make none when joined.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = lines

    @cached_property
    def _written(self) -> frozenset[str]:
        """Return the words that stand whole within lines."""
        return frozenset(_WORD.findall("\n".join(self._lines).lower()))

    def joined(self, lines: Sequence[str]) -> str:
        """Return a paragraph on one line, words broken at line ends made whole."""
        return reduce(self._join, lines)

    def _join(self, above: str, line: str) -> str:
        before, after = _broken(above), _FIRST.match(line)
        if not before or not after:
            return f"{above}{_between(above, line)}{line}"
        if not line[0].islower():
            return f"{above}{line}" if line[0].isalpha() else f"{above} {line}"
        hyphen = "-" if self._compound(before[1].lower(), after[0].lower()) else ""
        return f"{above[: before.end(1)]}{hyphen}{line}"

    def _compound(self, first: str, second: str) -> bool:
        """Tell whether a hyphen stands between two words, and not within one."""
        whole = first + second
        if whole in self._written:
            return False
        if f"{first}-{second}" in self._written:
            return True
        words, stems = usual_words(), [whole.removesuffix(ending) for ending in _ENDINGS]
        if min(len(first), len(second)) < _SHORTEST or any(stem in words for stem in (whole, *stems)):
            return False
        return first in words and second in words


def _between(above: str, line: str) -> str:
    """Return what parts two lines: nothing where both sides are written without blanks, as in Chinese."""
    return "" if above[-1:] >= _CJK and line[:1] >= _CJK and not _HANGUL.match(line) else " "
