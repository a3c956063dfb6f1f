"""Fit a ranking and a logistic regression, both with an L2 penalty on standardised features."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Slopes = tuple[Vector, Vector]
_ROUNDS = 40
_TINY = 1e-6
_HALVINGS = 12


def fit_ranking(
    pools: Sequence[Vector], grades: Sequence[Vector], weights: Sequence[float], ridge: float
) -> Vector:
    """Return one coefficient for each feature, so that the graded rows of each pool come first.

    ListNet (Cao et al. 2007): the share that a row has of its pool, by the exponential of its score, is to be
    its share of the grades. Each pool has a row with a grade.
    """
    rows = np.vstack(pools)
    scaled, _, spread = _standardised(rows)
    ends = np.cumsum([len(pool) for pool in pools])
    parts = [scaled[end - len(pool) : end] for pool, end in zip(pools, ends, strict=True)]
    wanted = [grade / grade.sum() for grade in grades]

    def loss(fitted: Vector) -> float:
        value = ridge * float(fitted @ fitted) / 2
        for part, want, weight in zip(parts, wanted, weights, strict=True):
            score = part @ fitted
            most = score.max()
            value += weight * float(most + np.log(np.exp(score - most).sum()) - want @ score)
        return value

    def slopes(fitted: Vector) -> Slopes:
        gradient, hessian = ridge * fitted, ridge * np.eye(len(fitted))
        for part, want, weight in zip(parts, wanted, weights, strict=True):
            score = part @ fitted
            share = np.exp(score - score.max())
            share /= share.sum()
            mean = part.T @ share
            gradient = gradient + weight * (mean - part.T @ want)
            hessian += weight * ((part.T * share) @ part - np.outer(mean, mean))
        return gradient, hessian

    return _newton(loss, slopes, scaled.shape[1]) / spread


def fit_logistic(rows: Vector, labels: Vector, weights: Vector, ridge: float) -> Vector:
    """Return coefficients, the bias last; weights say how often a row counts. The bias is not penalised."""
    scaled, centre, spread = _standardised(rows)
    scaled = np.hstack([scaled, np.ones((len(rows), 1))])
    penalty = np.full(scaled.shape[1], ridge)
    penalty[-1] = _TINY

    def loss(fitted: Vector) -> float:
        score = scaled @ fitted
        return float(
            weights @ (np.logaddexp(0, score) - labels * score) + (penalty * fitted * fitted).sum() / 2
        )

    def slopes(fitted: Vector) -> Slopes:
        guess = 1 / (1 + np.exp(-(scaled @ fitted)))
        curve = weights * guess * (1 - guess)
        gradient = scaled.T @ (weights * (guess - labels)) + penalty * fitted
        return gradient, (scaled.T * curve) @ scaled + np.diag(penalty)

    fitted = _newton(loss, slopes, scaled.shape[1])
    own = fitted[:-1] / spread
    return np.append(own, fitted[-1] - own @ centre)


def _standardised(rows: Vector) -> tuple[Vector, Vector, Vector]:
    """Return rows with mean 0 and deviation 1, the means and the deviations; a constant stays 0."""
    centre, spread = rows.mean(axis=0), rows.std(axis=0)
    spread = np.where(spread < _TINY, 1.0, spread)
    return (rows - centre) / spread, centre, spread


def _newton(loss: Callable[[Vector], float], slopes: Callable[[Vector], Slopes], width: int) -> Vector:
    """Minimise a convex loss by Newton's method; a step that does not help is halved."""
    fitted = np.zeros(width)
    value = loss(fitted)
    for _ in range(_ROUNDS):
        gradient, hessian = slopes(fitted)
        step = np.linalg.solve(hessian, gradient)
        tries = (fitted - step / 2**at for at in range(_HALVINGS))
        better = next((each for each in tries if loss(each) < value), None)
        if better is None or np.abs(better - fitted).max() < _TINY:
            break
        fitted, value = better, loss(better)
    return fitted
