"""Fit and apply a logistic regression with an L2 penalty (Hosmer & Lemeshow 2000), in plain Python."""

from __future__ import annotations

import math
from collections.abc import Sequence

_RIDGE = 1.0
_ROUNDS = 30
_TINY = 1e-7
_STEEPEST = 30.0


def probability(fitted: Sequence[float], row: Sequence[float]) -> float:
    """Return the probability, in 0..1, of a row under coefficients that end with the bias."""
    score = fitted[-1] + sum(weight * value for weight, value in zip(fitted[:-1], row, strict=True))
    return 1.0 / (1.0 + math.exp(-max(-_STEEPEST, min(_STEEPEST, score))))


def fit(rows: Sequence[Sequence[float]], labels: Sequence[bool], weights: Sequence[float]) -> list[float]:
    """Return coefficients, the bias last, by Newton's method; weights say how often a row counts."""
    width = len(rows[0]) + 1
    fitted = [0.0] * width
    for _ in range(_ROUNDS):
        step = _solve(*_newton(fitted, rows, labels, weights))
        fitted = [value - move for value, move in zip(fitted, step, strict=True)]
        if max(map(abs, step)) < _TINY:
            break
    return fitted


def _newton(
    fitted: Sequence[float], rows: Sequence[Sequence[float]], labels: Sequence[bool], weights: Sequence[float]
) -> tuple[list[list[float]], list[float]]:
    """Return the Hessian and the gradient of the penalised loss; the bias is not penalised."""
    penalty = [*[_RIDGE] * (len(fitted) - 1), _TINY]
    gradient = [_RIDGE * value for value in fitted[:-1]] + [0.0]
    hessian = [[penalty[i] * (i == j) for j in range(len(fitted))] for i in range(len(fitted))]
    for row, label, weight in zip(rows, labels, weights, strict=True):
        guess = probability(fitted, row)
        error, curve = weight * (guess - label), weight * guess * (1 - guess)
        # Most features of most rows are nought.
        present = [(at, value) for at, value in enumerate((*row, 1.0)) if value]
        for place, (i, left) in enumerate(present):
            gradient[i] += error * left
            line, scaled = hessian[i], curve * left
            for j, right in present[: place + 1]:
                line[j] += scaled * right
    return [[hessian[max(i, j)][min(i, j)] for j in range(len(fitted))] for i in range(len(fitted))], gradient


def _solve(matrix: Sequence[Sequence[float]], right: Sequence[float]) -> list[float]:
    """Solve a linear system by Gaussian elimination with pivots."""
    rows = [[*line, value] for line, value in zip(matrix, right, strict=True)]
    for at in range(len(rows)):
        pivot = max(range(at, len(rows)), key=lambda other: abs(rows[other][at]))
        rows[at], rows[pivot] = rows[pivot], rows[at]
        for below in rows[at + 1 :]:
            factor = below[at] / rows[at][at]
            pairs = zip(below[at:], rows[at][at:], strict=True)
            below[at:] = [value - factor * above for value, above in pairs]
    solved = [0.0] * len(rows)
    for at in reversed(range(len(rows))):
        known = sum(rows[at][other] * solved[other] for other in range(at + 1, len(rows)))
        solved[at] = (rows[at][-1] - known) / rows[at][at]
    return solved
