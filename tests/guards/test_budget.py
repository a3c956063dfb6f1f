from __future__ import annotations

import shlex
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.caps import Cap, CapNear, Scope, Window
from guards.budget import is_call_within, is_near, is_plan_within, usd

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


@given(MONEY, MONEY, MONEY)
def test_no_call_passes_that_could_overspend(amount: int, used: int, micros: int) -> None:
    """A call passes exactly when its worst case on top of what is used stays within the cap."""
    cap = Cap(scope=Scope.ALL, window=Window.DAY, micros=micros)
    assert is_call_within(cap, used, amount).allowed == (used + amount <= micros)


@pytest.mark.parametrize(
    ("cap", "frees", "whose", "way_out"),
    [
        (Cap(scope=Scope.RUN, subject="r1", micros=500_000), None, "for run r1", "raise --budget"),
        (
            Cap(scope=Scope.TOOL, subject="maps", window=Window.DAY, micros=500_000),
            None,
            "a day for tool maps",
            "raise it: attest budget set tool=maps --per day USD",
        ),
        (
            Cap(scope=Scope.ALL, window=Window.HOUR, micros=500_000),
            59.1,
            "an hour for this installation",
            "wait until 1970-01-01 00:01:00 UTC or raise it: attest budget set all --per hour USD",
        ),
    ],
)
def test_a_refused_call_says_whose_cap_it_is_when_it_frees_and_the_way_out(
    cap: Cap, frees: float | None, whose: str, way_out: str
) -> None:
    """The reason names the cap, what is used of it, the time to wait for if there is one, and the command."""
    reason = is_call_within(cap, 400_000, 200_000, frees).reason
    assert reason == f"$0.40 of $0.50 {whose} is spent or reserved: {way_out}"


@given(st.text(min_size=1))
def test_the_way_out_can_be_typed_whatever_a_user_is_called(name: str) -> None:
    """A name with blanks, quotes or a semicolon stays one word of the command."""
    cap = Cap(scope=Scope.USER, subject=name, window=Window.DAY, micros=0)
    command = is_call_within(cap, 0, 1).reason.rpartition("attest budget ")[2]
    assert shlex.split(command) == ["set", f"user={name}", "--per", "day", "USD"]


@given(MONEY, MONEY)
def test_a_cap_is_near_from_four_fifths_on(used: int, micros: int) -> None:
    """The warning comes at 80 % exactly, without the rounding of floats."""
    cap = Cap(scope=Scope.ALL, window=Window.DAY, micros=micros)
    assert is_near(cap, used) == (Decimal(used) >= Decimal(micros) * 4 / 5)


def test_a_cap_without_a_subject_is_one_for_each() -> None:
    """A cap of all users is not read as one for a user without a name."""
    assert str(Cap(scope=Scope.USER, window=Window.HOUR, micros=0)) == "an hour for each user"


def test_a_warning_says_how_much_of_which_cap_is_used() -> None:
    """The line that is announced can be read without knowing the ledger."""
    near = CapNear(cap=Cap(scope=Scope.USER, subject="ann", window=Window.DAY, micros=600), used=499)
    assert str(near) == "83 % of the budget a day for user ann is spent or reserved"


@given(MONEY)
def test_dollars_are_exact(micros: int) -> None:
    """Writing micro-dollars as dollars loses nothing and keeps at least two decimals."""
    written = usd(micros)
    assert Decimal(written) * 1_000_000 == micros
    assert len(written.partition(".")[2]) >= 2
