"""Describe by a few numbers whether a question is answered at all; `NAMES` has one line each."""

from __future__ import annotations

import math
from collections.abc import Sequence

from tools.models.extractive import features

MOST = (
    "statement",
    "subject",
    "passage",
    "strict",
    "valued",
    "valued_near",
    "pairs",
    "shaped",
    "rank",
)
LEAST = ("gap", "gap_passage", "unknown", "mistyped", "shapeless")
NAMES = (
    "first",  # logarithm of the best candidate's probability
    "second",  # logarithm of the next one's
    "three",  # logarithm of the sum of the best three
    "all",  # logarithm of the sum of all
    *(f"most_{name}" for name in MOST),  # the greatest of the best three candidates
    *(f"least_{name}" for name in LEAST),  # the least of these
    "length",  # as of the candidates
)
_TINY = 1e-4
_BEST = 3
_MOST = tuple(features.NAMES.index(name) for name in MOST)
_LEAST = tuple(features.NAMES.index(name) for name in LEAST)
_LENGTH = features.NAMES.index("length")


def certainty(rows: Sequence[Sequence[float]], probabilities: Sequence[float]) -> tuple[float, ...]:
    """Return one row of `NAMES` for a pool of candidates with their features; raises ValueError for none."""
    if not rows:
        raise ValueError("there is no candidate")
    order = sorted(range(len(rows)), key=lambda at: (-probabilities[at], at))[:_BEST]
    best = [rows[at] for at in order]
    likely = [probabilities[at] for at in order]
    return (
        math.log(likely[0] + _TINY),
        math.log((likely[1] if len(likely) > 1 else 0.0) + _TINY),
        math.log(math.fsum(likely) + _TINY),
        math.log(math.fsum(probabilities) + _TINY),
        *(max(row[at] for row in best) for at in _MOST),
        *(min(row[at] for row in best) for at in _LEAST),
        best[0][_LENGTH],
    )
