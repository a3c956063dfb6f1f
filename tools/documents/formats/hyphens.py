"""Hyphens at line ends: some part a word, some belong to it."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from functools import cache

from zxcvbn.frequency_lists import FREQUENCY_LISTS

_BROKEN = re.compile(r"([^\W_]{1,40})[-\u2010\u00ad]$")
_FIRST = re.compile(r"[^\W_]+")
_ENDINGS = ("s", "es", "ed", "d", "ing", "ly", "'s", "ally")
_SHORTEST = 3
_CJK = "\u2e80"
_HANGUL = re.compile("[\uac00-\ud7a3]")


@cache
def _usual() -> frozenset[str]:
    """Return some 80,000 English words, names among them: lists that come with the check of passwords."""
    return frozenset().union(*FREQUENCY_LISTS.values())


def broken(line: str) -> bool:
    """Tell whether a line ends in the middle of a word or of a compound."""
    return _BROKEN.search(line) is not None


def joined(above: str, line: str, written: AbstractSet[str]) -> str:
    """Return two lines as one; a hyphen between them stays if the word is `written` so, or is a compound.

    What the document writes elsewhere decides. Else the hyphen belongs to two English words that make none
    when joined.
    """
    before, after = _BROKEN.search(above), _FIRST.match(line)
    if not before or not after:
        return f"{above}{_between(above, line)}{line}"
    if not line[0].islower():
        return f"{above}{line}" if line[0].isalpha() else f"{above} {line}"
    hyphen = "-" if _compound(before[1].lower(), after[0].lower(), written) else ""
    return f"{above[: before.end(1)]}{hyphen}{line}"


def _between(above: str, line: str) -> str:
    """Return what parts two lines: nothing where both sides are written without blanks, as in Chinese."""
    return "" if above[-1:] >= _CJK and line[:1] >= _CJK and not _HANGUL.match(line) else " "


def _compound(first: str, second: str, written: AbstractSet[str]) -> bool:
    if first + second in written:
        return False
    if f"{first}-{second}" in written:
        return True
    usual, whole = _usual(), first + second
    stems = [whole.removesuffix(ending) for ending in _ENDINGS]
    if len(first) < _SHORTEST or len(second) < _SHORTEST or any(stem in usual for stem in (whole, *stems)):
        return False
    return first in usual and second in usual
