from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from guards.budget import is_plan_within, usd

MONEY = st.integers(min_value=0, max_value=10**12)


@given(MONEY, MONEY, MONEY)
def test_no_plan_passes_that_could_overspend(estimate: int, spent: int, cap: int) -> None:
    """A plan passes exactly when its worst case on top of what is spent stays within the cap."""
    assert is_plan_within(estimate, spent, cap).allowed == (spent + estimate <= cap)


def test_a_refused_plan_says_the_sum_the_cap_and_the_way_out() -> None:
    """The reason can be acted on."""
    reason = is_plan_within(250_000, 0, 100_000).reason
    assert "$0.25" in reason
    assert "$0.10" in reason
    assert "--budget" in reason


@given(MONEY)
def test_dollars_are_exact(micros: int) -> None:
    """Writing micro-dollars as dollars loses nothing and keeps at least two decimals."""
    written = usd(micros)
    assert Decimal(written) * 1_000_000 == micros
    assert len(written.partition(".")[2]) >= 2
