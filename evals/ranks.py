"""Compare two rankings of the same rows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import groupby


def ranks(values: Sequence[float]) -> list[float]:
    """Return the rank of each value from 0, equal ones sharing the middle of theirs."""
    order = sorted(range(len(values)), key=values.__getitem__)
    ranked = [0.0] * len(values)
    at = 0
    for _, group in groupby(order, key=values.__getitem__):
        alike = list(group)
        for place in alike:
            ranked[place] = at + (len(alike) - 1) / 2
        at += len(alike)
    return ranked


def spearman(pairs: Sequence[tuple[float, float]]) -> float:
    """Return the rank correlation (Spearman 1904), 0 where one side is all alike and orders nothing."""
    left, right = (ranks(side) for side in zip(*pairs, strict=True)) if pairs else ([], [])
    middle = (len(pairs) - 1) / 2
    left, right = [rank - middle for rank in left], [rank - middle for rank in right]
    spread = math.sqrt(sum(rank * rank for rank in left) * sum(rank * rank for rank in right))
    return sum(a * b for a, b in zip(left, right, strict=True)) / spread if spread else 0.0


def auc(pairs: Sequence[tuple[float, float]]) -> float:
    """Return how often a row of class 1 scores above one of class 0, ties counting half.

    A pair is a score and its class; where one class is missing nothing is told apart, and it is 0.5.
    """
    ranked = ranks([score for score, _ in pairs])
    above = [rank for rank, (_, kind) in zip(ranked, pairs, strict=True) if kind]
    below = len(pairs) - len(above)
    if not above or not below:
        return 0.5
    return (sum(above) - len(above) * (len(above) - 1) / 2) / (len(above) * below)
