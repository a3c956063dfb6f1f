"""Store the books of calls: journal, ledger, evidence and audit change together or not at all."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from functools import partial
from typing import Any

from graph.caps import Cap, CapNear
from graph.costs import Cost, Tokens
from graph.history import ModelUse
from graph.records import Call, Clock, Crossed, Outcome, Run, Snapshot, Task
from graph.single_flight import SingleFlight
from graph.stores import evidence, retrievals
from graph.stores.books import audit, journal, ledger
from graph.stores.books.audit import seal
from graph.stores.db.compressed_text import TextCache
from graph.stores.db.database import Database
from graph.stores.db.db_worker import Connection
from guards.claims.sealed_report import AuditEntry

_CALLS = "SELECT detail FROM audit WHERE kind = 'call'"
_ENTRIES = """
SELECT kind, detail FROM audit WHERE run = :run AND kind IN ('call', 'sealed') ORDER BY position
"""
MODEL = "model."
"""The prefix of the names of tools that are models."""


class StoredCalls:
    """Store the books in the database; `clock` dates the entries.

    The journal of a run is read once: one process at a time works on a run. `opened` caches the texts that a
    call found, because they are read again soon.
    """

    def __init__(self, database: Database, clock: Clock, opened: TextCache | None = None) -> None:
        self._database = database
        self._opened = opened or TextCache()
        self._clock = clock
        self._journals: dict[str, dict[str, Call]] = {}
        self._flight: SingleFlight[dict[str, Call]] = SingleFlight()
        self._reserved: dict[tuple[str, str], int] = {}

    async def replay(self, run: Run, branch: str, task: Task, key: str) -> Call | None:
        """Return the call when this run completed it before."""
        call = (await self._journal(run.id)).get(key)
        if call is None or call.task == task.id:
            return call and journal.replayed(call, task.id, branch)
        now = self._clock()
        return replace(journal.replayed(call, task.id, branch), started=now, ended=now)

    async def room(self, run: Run) -> tuple[Cap, int] | None:
        """Return the cap beside the run's own that has the least left, and what is used of it."""
        return await self._database.read(lambda connection: ledger.room(connection, run, self._clock()))

    async def made(self, run_id: str) -> tuple[Call, ...]:
        """Return the calls that a run completed."""
        entries = await self._database.read(lambda connection: journal.entries(connection, run_id))
        return tuple(entries.values())

    async def reserve(
        self, run: Run, tool: str, key: str, amount: int, model: str = ""
    ) -> tuple[CapNear, ...]:
        """Reserve the worst case of a call; raises Exhausted if that would pass a cap.

        Returns the caps that this reservation brought to four fifths.
        """
        self._reserved.pop((run.id, key), None)
        if not amount:
            return ()
        now = self._clock()
        reservation = await self._database.write(
            lambda connection: ledger.reserve(connection, run, key, tool, amount, now, model=model)
        )
        self._reserved[run.id, key] = reservation.number
        return reservation.near

    async def end(self, run: Run, key: str, call: Call, snapshots: Sequence[Snapshot]) -> None:
        """Store the evidence, settle the reservation, journal the call if it is done, and audit it."""
        # A cached answer says nothing about a reserved call that may have been billed.
        reserved = None if call.cached else self._reserved.pop((run.id, key), None)

        def work(connection: Connection) -> None:
            evidence.keep(connection, snapshots, self._opened)
            retrievals.keep(connection, run.id, key, call.sources)
            _end(connection, run, key, call, reserved)

        await self._database.write(work)
        if call.outcome is Outcome.DONE and run.id in self._journals:
            self._journals[run.id].setdefault(key, replace(call, sources=()))

    async def cost(self, run_id: str) -> Cost:
        """Sum what a run spent."""
        return await self._database.read(lambda connection: ledger.cost(connection, run_id))

    async def models(self, run_id: str) -> tuple[ModelUse, ...]:
        """Return the calls of a run to models, in order: failures count only since the run last went on."""
        return await self._database.read(lambda connection: _models(connection, run_id))

    async def tally(self) -> Mapping[str, tuple[int, int]]:
        """Count for each tool the calls that reached it, and those of them that were answered."""
        return await self._database.read(_tally)

    async def seal(
        self, run_id: str, crossings: Sequence[Crossed], report: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Seal the audit chain of a run with its report, and store both; return the report with the head."""
        now = self._clock()
        self._journals.pop(run_id, None)
        return await self._database.write(lambda connection: seal(connection, run_id, now, crossings, report))

    async def chain(self, run_id: str) -> tuple[AuditEntry, ...]:
        """Return the audit chain of a run, in order."""
        return await self._database.read(lambda connection: audit.chain(connection, run_id))

    async def _journal(self, run_id: str) -> dict[str, Call]:
        """Return the journal of a run; calls that start together read it once."""
        known = self._journals.get(run_id)
        if known is None:
            known, _ = await self._flight.join(run_id, partial(self._open, run_id))
        return known

    async def _open(self, run_id: str) -> dict[str, Call]:
        entries = await self._database.read(lambda connection: journal.entries(connection, run_id))
        return self._journals.setdefault(run_id, entries)


def _end(connection: Connection, run: Run, key: str, call: Call, reserved: int | None) -> None:
    if reserved is not None:
        ledger.settle(connection, reserved, call.cost, call.ended)
    elif call.cost:
        ledger.bill(connection, run, key, call.tool, call.cost, call.ended)
    if call.outcome is Outcome.DONE:
        journal.enter(connection, run.id, key, call)
    detail: dict[str, object] = {
        "task": call.task,
        "tool": call.tool,
        "outcome": call.outcome,
        "fault": call.fault,
        "started": call.started,
        "attempts": call.attempts,
        "cost": call.cost,
        "detail": call.detail,
        "sources": sorted({passage.span.source for passage in call.passages}),
        **({"tokens": asdict(call.tokens)} if call.tokens else {}),
    }
    audit.append(connection, run.id, call.ended, "call", detail)


def _models(connection: Connection, run_id: str) -> tuple[ModelUse, ...]:
    """Leave out failures before a seal after which the run went on: nothing is lost by them any more."""
    uses: list[ModelUse] = []
    sealed = False
    for kind, detail in connection.execute(_ENTRIES, {"run": run_id}):
        if kind == "sealed":
            sealed = True
            continue
        if sealed:
            uses, sealed = [use for use in uses if use.outcome is Outcome.DONE], False
        entry = json.loads(detail)
        if entry["tool"].startswith(MODEL):
            uses.append(_use(entry))
    return tuple(uses)


def _use(detail: dict[str, Any]) -> ModelUse:
    return ModelUse(
        role=detail["task"].partition(".")[0],
        model=detail["tool"].removeprefix(MODEL),
        outcome=Outcome(detail["outcome"]),
        detail=detail["detail"],
        started=detail["started"],
        refused=detail["fault"] == "Unavailable" and not detail["attempts"],
        tokens=Tokens(**detail["tokens"]) if "tokens" in detail else None,
    )


def _tally(connection: Connection) -> dict[str, tuple[int, int]]:
    """Count in Python: no SQL that both engines know reads JSON."""
    calls: Counter[str] = Counter()
    done: Counter[str] = Counter()
    for (detail,) in connection.execute(_CALLS):
        entry = json.loads(detail)
        calls[entry["tool"]] += bool(entry["attempts"])
        done[entry["tool"]] += bool(entry["attempts"]) and entry["outcome"] == Outcome.DONE
    return {tool: (number, done[tool]) for tool, number in calls.items() if number}
