"""Apply a logistic regression (Hosmer & Lemeshow 2000) and a linear score."""

from __future__ import annotations

import math
from collections.abc import Sequence

_STEEPEST = 30.0


def score(fitted: Sequence[float], row: Sequence[float]) -> float:
    """Return the weighted sum of a row."""
    return math.fsum(weight * value for weight, value in zip(fitted, row, strict=True))


def probability(fitted: Sequence[float], row: Sequence[float]) -> float:
    """Return the probability, in 0..1, of a row under coefficients that end with the bias."""
    value = fitted[-1] + score(fitted[:-1], row)
    return 1.0 / (1.0 + math.exp(-max(-_STEEPEST, min(_STEEPEST, value))))
