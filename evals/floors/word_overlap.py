"""Compare two sentences by their words alone: the floor of `python -m evals conflict`."""

from __future__ import annotations

import re

from tools.lexicon.terms import terms

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NOT = re.compile(r"\b(?:not|no|never|none|without)\b|n't\b", re.IGNORECASE)
_SHARE = 0.6


def compared(left: str, right: str) -> str:
    """Return `contradict` or `agree` where most words are shared, by numbers and denials, else `neither`."""
    mine, theirs = ({word for word in terms(text) if not word[0].isdigit()} for text in (left, right))
    shorter = min(len(mine), len(theirs))
    if not shorter or len(mine & theirs) / shorter < _SHARE:
        return "neither"
    numbers = [set(_NUMBER.findall(text)) for text in (left, right)]
    denied = bool(_NOT.search(left)) != bool(_NOT.search(right))
    other = all(numbers) and not numbers[0] & numbers[1]
    return "contradict" if other or denied else "agree"
