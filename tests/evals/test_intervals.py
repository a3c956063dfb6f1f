"""Test the intervals against published values."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.intervals import bootstrap, wilson


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_gives_the_values_newcombe_published(successes: int, n: int, low: float, high: float) -> None:
    """The interval equals method 3 in table I of Newcombe 1998, Statistics in Medicine 17, 857-872."""
    assert wilson(successes, n) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_holds_the_rate_and_stays_a_rate(trials: tuple[int, int]) -> None:
    """The interval lies in 0..1 around the rate, and mirrors that of the failures."""
    successes, n = trials
    low, high = wilson(successes, n)
    assert 0 <= low <= successes / n <= high <= 1
    assert wilson(n - successes, n) == pytest.approx((1 - high, 1 - low))


def test_bootstrap_agrees_with_the_normal_interval_of_a_mean() -> None:
    """For many values the percentile interval is that of the central limit theorem."""
    draw = random.Random(1)  # noqa: S311 - a test's numbers
    values = [draw.random() for _ in range(1000)]
    mean = sum(values) / len(values)
    deviation = math.sqrt(sum((value - mean) ** 2 for value in values) / (len(values) - 1))
    margin = 1.96 * deviation / math.sqrt(len(values))
    assert bootstrap(values) == pytest.approx((mean - margin, mean + margin), abs=0.003)


def test_bootstrap_is_seeded() -> None:
    """The same values give the same interval, another seed a slightly different one."""
    values = [0.1, 0.4, 0.9, 0.3, 0.77]
    assert bootstrap(values) == bootstrap(values)
    assert bootstrap([0.5] * 4) == (0.5, 0.5)


def test_nothing_has_no_interval() -> None:
    """Without cases there is no rate and no mean."""
    with pytest.raises(ValueError, match="no rate"):
        wilson(0, 0)
    with pytest.raises(ValueError, match="no mean"):
        bootstrap([])
