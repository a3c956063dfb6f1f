"""Compute 95 % intervals of measured values."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")

_Z = 1.959963984540054  # the normal quantile that leaves 2.5 % above it
_RESAMPLES = 2000
_SEED = 20250101


def wilson(successes: int, n: int) -> tuple[float, float]:
    """Return the 95 % interval of a rate (Wilson 1927); raises ValueError without trials."""
    if not 0 <= successes <= n or n == 0:
        raise ValueError(f"{successes} of {n} is no rate")
    rate, spread = successes / n, _Z * _Z / n
    middle = rate + spread / 2
    margin = _Z * math.sqrt(rate * (1 - rate) / n + spread / (4 * n))
    # At the ends one bound is exact; arithmetic would miss it by a rounding.
    low = 0.0 if successes == 0 else (middle - margin) / (1 + spread)
    high = 1.0 if successes == n else (middle + margin) / (1 + spread)
    return low, high


def bootstrap(values: Sequence[float], seed: int = _SEED) -> tuple[float, float]:
    """Return the 95 % percentile interval of a mean (Efron 1979), from 2,000 seeded resamples.

    Raises ValueError without values.
    """
    if not values:
        raise ValueError("there is no mean of nothing")
    draw = random.Random(seed)  # noqa: S311 - an estimate, not a secret
    n = len(values)
    means = sorted(sum(draw.choices(values, k=n)) / n for _ in range(_RESAMPLES))
    return means[round(0.025 * (_RESAMPLES - 1))], means[round(0.975 * (_RESAMPLES - 1))]


def resampled(rows: Sequence[T], statistic: Callable[[Sequence[T]], float]) -> tuple[float, float]:
    """Return the 95 % percentile interval of any statistic of whole rows, from as many seeded resamples."""
    draw = random.Random(_SEED)  # noqa: S311 - an estimate, not a secret
    found = sorted(statistic(draw.choices(rows, k=len(rows))) for _ in range(_RESAMPLES))
    return found[round(0.025 * (_RESAMPLES - 1))], found[round(0.975 * (_RESAMPLES - 1))]


def quantile(values: Sequence[float], share: float) -> tuple[float, float, float]:
    """Return a quantile with its 95 % interval by order statistics; raises ValueError without values."""
    if not values:
        raise ValueError("there is no quantile of nothing")
    ordered, n = sorted(values), len(values)
    spread = _Z * (n * share * (1 - share)) ** 0.5
    value, low, high = (_at(ordered, n * share + move) for move in (0.0, -spread, spread))
    return value, low, high


def _at(ordered: Sequence[float], place: float) -> float:
    return ordered[max(0, min(len(ordered) - 1, round(place - 0.5)))]
