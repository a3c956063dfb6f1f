"""Test the suite that tries to overspend the ledger."""

from __future__ import annotations

import pytest

from evals.bench.budget_databases import engines_of
from evals.bench.budget_worker import PaidCall
from evals.suite import Setup
from evals.suites import budget
from evals.suites.budget import CAPS, bounded, lost
from graph.caps import Cap, Scope
from tests.fakes.databases import server_url

NAMES = ("overspent caps", "reservations lost", "deadlocks")


def paid(run: str = "r1", *, model: str = "") -> PaidCall:
    return PaidCall(run=run, key="c1", user="u1", tool="tool1", model=model, worst=100)


def billed(scope: Scope, *bills: budget.Bill) -> dict[str, int]:
    return {cap.subject: micros for cap, micros in bounded(bills) if cap.scope is scope}


async def test_workers_are_killed_and_nothing_is_overspent_or_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """Eight runs in four processes, each killed once while it spends, stay within caps that they reach."""
    small = [Cap(scope=cap.scope, window=cap.window, micros=cap.micros // 20) for cap in CAPS]
    for name, value in {"KILLS": 1, "KILLED_AFTER": (1, 1), "CAPS": tuple(small), "PAIRS": 2}.items():
        monkeypatch.setattr(budget, name, value)
    for name in ("AT_ONCE", "ROUNDS", "EARLIER"):
        monkeypatch.setattr(budget, name, 2)
    setup = Setup(data=None, limit=8, clock=lambda: 0.0, say=lambda _: None, postgres=server_url())
    measured = await budget.measure(setup)
    metrics = {metric.name: metric for metric in measured.metrics}
    for engine in ("SQLite", "PostgreSQL"):
        found = [metrics[f"{engine}: {name}"] for name in NAMES]
        assert [metric.value for metric in found] == [0, 0, 0]
        summary, *fullest = (case for case in measured.cases if case["engine"] == engine)
        assert summary["kills"] == 4
        assert summary["bills"] > 0
        assert summary["unpaid"] > 0
        assert len(fullest) == 1 + len(CAPS)
    on_sqlite, on_server = ([*[(0.0, True)] * 3, (None, True), (most, True)] for most in (0.5, None))
    estimates = [(1.0, True), (None, True)]
    assert [(metric.target, metric.lower_is_better) for metric in measured.metrics] == [
        *on_sqlite,
        *on_server,
        *estimates,
    ]
    most, usual = metrics["bill ÷ most that was estimated"], metrics["bill ÷ what was expected"]
    assert 0 < most.value < usual.value
    assert most.high <= 1
    assert all(metric.low <= metric.value <= metric.high and metric.n for metric in measured.metrics)


def test_a_server_that_is_not_named_is_said_to_be_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without an address SQLite alone is measured, and a line says so."""
    monkeypatch.delenv("ATTEST_EVAL_POSTGRES", raising=False)
    said: list[str] = []
    engines = engines_of(Setup(data=None, limit=None, clock=lambda: 0.0, say=said.append))
    assert [engine.name for engine in engines] == ["SQLite"]
    assert said == ["PostgreSQL is not measured: give --postgres URL or set ATTEST_EVAL_POSTGRES"]


def test_bills_are_summed_under_every_cap_they_count_against() -> None:
    """A run, a user, a tool, a model and the installation are each held to their own sum."""
    bills = [(paid("r1"), 30), (paid("r2", model="m1"), 12)]
    assert billed(Scope.RUN, *bills) == {"r1": 30, "r2": 12}
    assert billed(Scope.USER, *bills) == {"u1": 42}
    assert billed(Scope.TOOL, *bills) == {"tool1": 42}
    assert billed(Scope.MODEL, *bills) == {"m1": 12}
    assert billed(Scope.ALL, *bills) == {"": 42}


@pytest.mark.parametrize(
    ("held", "missing"),
    [((2, 60), False), ((3, 90), False), ((1, 60), True), ((2, 59), True), ((0, 0), True)],
)
def test_a_bill_the_ledger_does_not_hold_is_noticed(held: tuple[int, int], missing: bool) -> None:  # noqa: FBT001 - given by pytest
    """A call billed twice needs two reservations that hold what both cost, and may hold more."""
    bills = [(paid(), 25), (paid(), 35)]
    counted = {("r1", "c1"): held} if held[0] else {}
    assert lost(bills, counted) == ([("r1", "c1")] if missing else [])
