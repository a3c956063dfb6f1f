from __future__ import annotations

from evals.rates import rate


def test_a_rate_stands_beside_its_floor() -> None:
    """Three of four is 0.75, inside its interval, beside the floor's one of four."""
    (metric,) = rate("right", [True, True, True, False], floor=[True, False, False, False], target=0.7)
    assert (metric.value, metric.n, metric.floor, metric.met) == (0.75, 4, 0.25, True)
    assert metric.low < metric.value < metric.high


def test_no_outcome_makes_no_metric() -> None:
    """A rate of nothing is left out."""
    assert list(rate("right", [])) == []
