from __future__ import annotations

import json
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from graph.config.database_address import Location
from graph.errors import Misconfigured
from graph.options import Approve, Mode, Options, Role
from graph.records import Run, Status
from graph.stores.books.call_books import StoredCalls
from graph.stores.db.database import Database
from graph.stores.db.db_worker import Connection
from graph.stores.db.migrations import MIGRATIONS
from graph.stores.memory import StoredMemory
from graph.stores.run_listing import list_runs, run_row
from graph.stores.runs import TRUE_STATUSES, StoredRuns
from tests.graph.stores.books.counting import count

OPTIONS = Options(docs=("/a", "/b"), mode=Mode.DEEP, budget=7, user="ann", approve=Approve.ASK, language="de")
RUN = Run(id="r1", question="Wann schließt er?", options=OPTIONS, started=100.0)


async def test_an_accepted_run_is_kept_as_it_was_first_accepted(database: Database) -> None:
    """Accepting again, with other options, changes nothing: a resumed run keeps its own."""
    runs = StoredRuns(database, lambda: 200.0)
    assert await runs.accept(RUN) == RUN
    assert await runs.accept(replace(RUN, options=Options(), started=150.0)) == RUN
    row = await runs.get("r1")
    assert row is not None
    assert (row.options, row.status, row.report) == (OPTIONS, Status.RUNNING, None)


def test_no_option_is_lost_when_a_run_is_read_again() -> None:
    """Every option, set to something else than it is by itself, comes back as it was stored."""
    other: dict[str, Any] = {
        "docs": ("/a",), "mode": Mode.QUICK, "budget": 1, "user": "ann", "approve": Approve.ASK,
        "sources": ("web",), "role": Role.ADMIN, "priority": 9, "deadline": 1.5, "release": Approve.ASK,
        "language": "de", "share": 7, "private": True,
    }  # fmt: skip
    options = Options(**other)
    assert not {name for name, value in asdict(Options()).items() if asdict(options)[name] == value}
    stored = json.dumps(asdict(options) | {"of a later release": 1})
    assert run_row(("r1", "q", stored, "running", 0.0, 0.0, None)).options == options


async def test_a_run_is_written_by_whoever_accepts_it_first(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The application and the first node both accept a run, and only one of them pays for it."""
    writes = count(monkeypatch, database, "write")
    runs = StoredRuns(database, lambda: 200.0)
    assert await runs.accept(RUN) == await runs.accept(replace(RUN, options=Options())) == RUN
    assert len(writes) == 1
    assert await runs.accept(replace(RUN, options=Options())) == RUN
    assert len(writes) == 2, "a run that both know is not remembered"


async def test_a_finished_run_keeps_its_report(database: Database) -> None:
    """The report comes back as it was stored, and marking a run later does not lose it."""
    runs = StoredRuns(database, lambda: 200.0)
    await runs.accept(RUN)
    made = await StoredCalls(database, lambda: 200.0).seal("r1", (), {"status": "answered", "answer": "…"})
    await runs.mark("r1", Status.PARTLY)
    row = await runs.get("r1")
    assert row is not None
    assert (row.report, row.status, row.updated) == (made, Status.PARTLY, 200.0)
    assert await runs.get("r2") is None


async def test_the_latest_runs_come_first(database: Database) -> None:
    """The list is ordered by time and bounded."""
    runs = StoredRuns(database, lambda: 0.0)
    for number in range(5):
        await runs.accept(replace(RUN, id=f"r{number}", started=float(number)))
    assert [row.id for row in list_runs(database.path, 3)] == ["r4", "r3", "r2"]


async def test_only_the_askers_own_finished_runs_are_recalled(database: Database) -> None:
    """The same question of the same person is remembered, whatever its case; another person's is not."""
    runs, memory = StoredRuns(database, lambda: 101.0), StoredMemory(database)
    for run_id, user, question in (
        ("a", "ann", RUN.question),
        ("b", "bob", RUN.question),
        ("c", "ann", "Other?"),
    ):
        await runs.accept(replace(RUN, id=run_id, question=question, options=replace(OPTIONS, user=user)))
        await StoredCalls(database, lambda: 101.0).seal(run_id, (), {"status": "answered"})
    await runs.accept(replace(RUN, id="d"))
    asked = replace(RUN, id="e", question=" wann SCHLIEßT er? ".replace("ß", "ß"), started=300.0)
    assert [earlier.run for earlier in await memory.recall(asked)] == ["a"]


def test_listing_needs_no_database_and_explains_a_broken_one(tmp_path: Path) -> None:
    """A new user has no runs; a file that is no database is named with the way out."""
    assert list_runs(tmp_path / "none" / "attest.db") == []
    broken = tmp_path / "attest.db"
    broken.write_bytes(b"garbage" * 1000)
    with pytest.raises(Misconfigured, match="ATTEST_HOME"):
        list_runs(broken)


def test_a_run_stored_before_there_was_a_choice_of_language_made_none() -> None:
    """A row of an older release reads as a run that looks in each service's own language."""
    asked = {name: value for name, value in asdict(OPTIONS).items() if name != "language"}
    row = run_row(("r1", "q", json.dumps(asked), "running", 0.0, 0.0, None))
    assert row.options == replace(OPTIONS, language="")


async def test_runs_of_earlier_releases_get_the_words_that_are_true(place: Location) -> None:
    """What was complete without a claim was not answered; what was partial with one was answered in part."""
    before = Database(place, migrations=MIGRATIONS[: MIGRATIONS.index(TRUE_STATUSES)])
    stored = {
        "empty": ("complete", {"question": 'who wrote "claims": []?', "claims": []}),
        "whole": ("complete", {"question": 'who wrote "claims": []?', "claims": [{"id": "c1"}]}),
        "part": ("partial", {"claims": [{"id": "c1"}]}),
        "lost": ("partial", {"claims": []}),
        "open": ("waiting", None),
    }
    runs = StoredRuns(before, lambda: 1.0)
    for run_id, (status, report) in stored.items():
        await runs.accept(replace(RUN, id=run_id))
        values = {"id": run_id, "status": status, "report": json.dumps(report) if report else None}
        await before.write(partial(_stored, values=values))
    await before.close()
    after = Database(place, migrations=MIGRATIONS)
    await StoredRuns(after, lambda: 1.0).check()
    await after.close()
    assert {row.id: str(row.status) for row in list_runs(place)} == {
        "empty": "not answered",
        "whole": "answered",
        "part": "partly answered",
        "lost": "not answered",
        "open": "waiting",
    }


def _stored(connection: Connection, values: dict[str, str | None]) -> int:
    """Write a row as an earlier release did."""
    sql = "UPDATE runs SET status = :status, report = :report WHERE id = :id"
    return connection.execute(sql, values).rowcount
