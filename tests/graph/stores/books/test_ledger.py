"""Prove that the ledger cannot be overspent and forgets nothing that may have been billed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import strategies as st

from graph.caps import Cap, CapNear, Scope, Window
from graph.costs import Cost
from graph.errors import Exhausted
from graph.options import Options
from graph.records import Call, Outcome, Run
from graph.stores.books import ledger, stored_caps
from graph.stores.books.call_books import StoredCalls
from graph.stores.db.database import Database
from graph.stores.db.migrations import MIGRATIONS

RUN = Run(id="r1", question="q", options=Options(budget=100, user="ann"), started=0.0)
TOOL = "pages"
BOTH = (RUN, Run(id="r2", question="q", options=Options(budget=10_000, user="x"), started=0.0))
RUNS = st.sampled_from(BOTH)
NAMES, CALLS = st.sampled_from(["x", "y"]), st.sampled_from(["a", "b", "c"])
SCOPES = st.sampled_from([scope for scope in Scope if scope is not Scope.RUN])
WINDOWS = st.sampled_from(Window)


async def reserve(
    database: Database, call: str, amount: int, now: float = 0.0, *, run: Run = RUN, model: str = ""
) -> ledger.Reservation:
    return await database.write(
        lambda connection: ledger.reserve(connection, run, call, TOOL, amount, now, model=model)
    )


async def settle(database: Database, made: ledger.Reservation, actual: int, now: float = 0.0) -> None:
    await database.write(lambda connection: ledger.settle(connection, made.number, actual, now))


async def cost(database: Database) -> Cost:
    return await database.read(lambda connection: ledger.cost(connection, RUN.id))


async def bound(database: Database, scope: Scope, micros: int, window: Window = Window.HOUR) -> None:
    await database.write(lambda c: stored_caps.set_cap(c, Cap(scope=scope, micros=micros, window=window)))


async def test_an_attempt_does_not_forget_what_an_earlier_one_was_billed(database: Database) -> None:
    """A call that was billed and failed, and is made again, costs twice."""
    await settle(database, await reserve(database, "k", 40), 40)
    again = await reserve(database, "k", 40)
    assert (await cost(database)).micros == 80
    await settle(database, again, 15)
    assert (await cost(database)).by_tool == {TOOL: 55}


async def test_what_a_crash_left_open_stays_counted_when_the_call_is_made_again(database: Database) -> None:
    """Nobody knows whether the first attempt was billed: it counts at its worst beside the second."""
    await reserve(database, "k", 60)
    with pytest.raises(Exhausted, match=r"\$0\.00006 of \$0\.0001 for run r1 .* raise --budget"):
        await reserve(database, "k", 60)
    await settle(database, await reserve(database, "k", 40), 0)
    assert (await cost(database)).micros == 60


async def test_a_refused_resume_does_not_release_what_a_crash_left_open(database: Database) -> None:
    """Whoever cannot pay for the call again, or finds it answered, has no say about that money."""
    first, later = (StoredCalls(database, lambda: 0.0) for _ in range(2))
    await first.reserve(RUN, TOOL, "k", 60)
    ended = Call(task="t", branch="b", tool=TOOL, outcome=Outcome.SKIPPED, started=0.0, ended=0.0)
    for process in (later, first):
        with pytest.raises(Exhausted):
            await process.reserve(RUN, TOOL, "k", 60)
        await process.end(RUN, "k", ended, ())
    await later.reserve(RUN, TOOL, "k", 40)
    await later.end(RUN, "k", replace(ended, outcome=Outcome.DONE, cached=True), ())
    assert (await later.cost(RUN.id)).micros == 100


async def test_a_bill_without_a_reservation_is_entered(database: Database) -> None:
    """A tool that was said to be free and was not is counted against every cap."""
    await bound(database, Scope.ALL, 50)
    await reserve(database, "a", 1)
    ended = Call(task="t", branch="b", tool=TOOL, outcome=Outcome.DONE, started=0.0, ended=0.0, cost=45)
    await StoredCalls(database, lambda: 0.0).end(RUN, "b", ended, ())
    assert (await cost(database)).micros == 46
    with pytest.raises(Exhausted, match="installation"):
        await reserve(database, "c", 5)


async def test_what_was_not_billed_is_released(database: Database) -> None:
    """A failure that cost nothing leaves the whole budget for the next call."""
    await settle(database, await reserve(database, "a", 100), 0)
    await reserve(database, "b", 100)


async def test_a_call_longer_than_the_window_counts_from_its_end(database: Database) -> None:
    """What left the window while it was open comes back when it is settled, once."""
    await bound(database, Scope.ALL, 50)
    slow = await reserve(database, "a", 30)
    await reserve(database, "b", 10, now=4000.0)
    await settle(database, slow, 30, now=4000.0)
    with pytest.raises(Exhausted, match=r"\$0\.00004 of"):
        await reserve(database, "c", 11, now=4000.0)


async def test_money_counts_until_it_is_an_hour_old(database: Database) -> None:
    """A refusal says when enough is free: a moment before it the call is refused again, then it is not."""
    await bound(database, Scope.USER, 50)
    await settle(database, await reserve(database, "a", 20, now=1000.0), 20, now=1010.0)
    await reserve(database, "b", 20, now=1020.0)
    with pytest.raises(Exhausted) as refused:
        await reserve(database, "c", 25, now=1030.0)
    assert str(refused.value) == (
        "pages may cost $0.000025; $0.00004 of $0.00005 an hour for user ann is spent or reserved: "
        "wait until 1970-01-01 01:16:50 UTC or raise it: attest budget set user=ann --per hour USD"
    )
    with pytest.raises(Exhausted):
        await reserve(database, "c", 25, now=1010.0 + 3599.9)
    await reserve(database, "c", 25, now=1010.0 + 3600.0)


async def test_the_cap_that_keeps_a_call_waiting_longest_is_named(database: Database) -> None:
    """Whoever waits as long as a refusal says is not refused by the next cap."""
    await bound(database, Scope.USER, 50, Window.HOUR)
    await bound(database, Scope.TOOL, 50, Window.DAY)
    await reserve(database, "a", 50)
    with pytest.raises(Exhausted, match="tool=pages --per day"):
        await reserve(database, "b", 10)


async def test_a_refused_call_leaves_no_trace(database: Database) -> None:
    """What one cap refuses is counted against none of the others."""
    await bound(database, Scope.USER, 90)
    await bound(database, Scope.ALL, 50)
    with pytest.raises(Exhausted, match="installation"):
        await reserve(database, "a", 60)
    await reserve(database, "a", 50)
    assert (await cost(database)).micros == 50


async def test_four_fifths_of_a_cap_are_told_once_a_window(database: Database) -> None:
    """The warning comes with the reservation that reaches it, not again in that window, and in the next."""
    await bound(database, Scope.ALL, 50)
    near = CapNear(cap=Cap(scope=Scope.ALL, window=Window.HOUR, micros=50), used=40)
    assert (await reserve(database, "a", 39)).near == ()
    told = await reserve(database, "b", 1)
    assert told.near == (near,)
    await settle(database, told, 0)
    assert (await reserve(database, "c", 2)).near == ()
    whole = CapNear(cap=Cap(scope=Scope.RUN, subject="r1", micros=100), used=81)
    assert (await reserve(database, "d", 40, now=3600.0)).near == (whole, near)


async def test_a_raised_budget_has_a_warning_of_its_own(database: Database) -> None:
    """A run that goes on with more money is told again, at four fifths of that."""
    raised = Run(id="r1", question="q", options=Options(budget=200), started=0.0)
    assert len((await reserve(database, "a", 80)).near) == 1
    assert (await reserve(database, "b", 79, run=raised)).near == ()
    assert len((await reserve(database, "c", 1, run=raised)).near) == 1


async def test_models_are_counted_beside_the_tool_that_asks_them(database: Database) -> None:
    """What a model cost is told by its name, and only its own calls count against its cap."""
    await bound(database, Scope.MODEL, 30)
    await reserve(database, "a", 20, model="small")
    await reserve(database, "b", 20)
    await reserve(database, "c", 20, model="large")
    assert (await cost(database)).by_model == {"large": 20, "small": 20}
    with pytest.raises(Exhausted, match="model=small"):
        await reserve(database, "d", 20, model="small")


async def test_an_older_ledger_is_carried_over(tmp_path: Path) -> None:
    """Money of a file from an earlier release, settled or left open, still counts after the upgrade."""
    path = tmp_path / "attest.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("\n".join(MIGRATIONS[:2]))
        rows = [("r1", "a", "ann", TOOL, 50, 30, 1.0), ("r1", "b", "ann", TOOL, 40, None, 2.0)]
        connection.executemany("INSERT INTO ledger VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        connection.execute("PRAGMA user_version = 2")
        connection.commit()
    database = Database(path, migrations=MIGRATIONS)
    assert (await cost(database)).by_tool == {TOOL: 70}
    with pytest.raises(Exhausted, match=r"\$0\.00007 of"):
        await reserve(database, "b", 31)
    await database.close()
