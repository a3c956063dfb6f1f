"""Read which of two things a sentence puts first, in time or in a comparison."""

# ruff: noqa: E501 - a pattern and a list read best on one line

from __future__ import annotations

import re
from dataclasses import dataclass

_LINK = re.compile(r"\b(before|prior to|followed by|after|preceded by|than)\b", re.IGNORECASE)
_BACKWARD = frozenset({"after", "preceded by"})
_FIRST = re.compile(r"\bfirst\b[^,;]{0,160}?(?:,|\band\b|\bthen\b)", re.IGNORECASE)
_NEXT = re.compile(
    r"\b(?:first|second|third|then|next|last|after|afterwards|later)\b(?: (?:it|that|this)\b)?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Hold the words before and behind a link, in the order of time; `compares` tells "than" from "before"."""

    earlier: str
    later: str
    compares: bool = False


def order(text: str) -> Order | None:
    """Return the order a sentence gives; None where it gives none."""
    if first := _FIRST.search(text):
        before, behind = text[: first.end()], text[first.end() :]
        if _NEXT.search(behind):
            return Order(earlier=_NEXT.sub(" ", before), later=_NEXT.sub(" ", behind))
    link = _LINK.search(text)
    if link is None:
        return None
    word = " ".join(link[1].lower().split())
    left, right = text[: link.start()], text[link.end() :]
    if not re.search(r"\w", left):  # "Before X, Y"
        right, _, left = right.partition(",")
    if not re.search(r"\w", left) or not re.search(r"\w", right):
        return None
    if word in _BACKWARD:
        left, right = right, left
    return Order(earlier=left, later=right, compares=word == "than")
