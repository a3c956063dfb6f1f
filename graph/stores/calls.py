"""Keep the books of calls: journal, ledger, evidence and audit change together or not at all."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from graph.caps import CapNear
from graph.errors import AttestError
from graph.records import Call, Clock, Cost, Crossed, Outcome, Run, Snapshot, Status, Task
from graph.stores import audit, evidence, journal, ledger
from graph.stores.database import Database
from graph.stores.lane import Connection

_TALLY = """
SELECT json_extract(detail, '$.tool'), COUNT(*), SUM(json_extract(detail, '$.outcome') = 'done')
FROM audit WHERE kind = 'call' AND json_extract(detail, '$.attempts') > 0 GROUP BY 1
"""


class StoredCalls:
    """Keep the books in the database; `clock` dates the entries.

    The journal of a run is read once: one process at a time works on a run.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._journals: dict[str, asyncio.Future[dict[str, Call]]] = {}

    async def replay(self, run: Run, branch: str, task: Task, key: str) -> Call | None:
        """Return the call when this run completed it before."""
        call = (await self._journal(run.id)).get(key)
        return None if call is None else journal.replayed(call, task.id, branch)

    async def reserve(
        self, run: Run, tool: str, key: str, amount: int, model: str = ""
    ) -> tuple[CapNear, ...]:
        """Set the worst case of a call aside; raises Exhausted when that would pass a cap.

        Returns the caps that it brought to four fifths.
        """
        if not amount:
            return ()
        now = self._clock()
        return await self._database.write(
            lambda connection: ledger.reserve(connection, run, key, tool, amount, now, model=model)
        )

    async def end(self, run: Run, key: str, call: Call, snapshots: Sequence[Snapshot]) -> None:
        """Store the evidence, settle the reservation, journal the call if it is done, and audit it."""
        await self._database.write(lambda connection: _end(connection, run, key, call, snapshots))
        if call.outcome is Outcome.DONE and run.id in self._journals:
            (await self._journal(run.id)).setdefault(key, call)

    async def cost(self, run_id: str) -> Cost:
        """Sum what a run spent."""
        return await self._database.read(lambda connection: ledger.cost(connection, run_id))

    async def tally(self) -> Mapping[str, tuple[int, int]]:
        """Count for each tool the calls that reached it, and those of them that were answered."""
        return await self._database.read(_tally)

    async def seal(self, run_id: str, crossings: Sequence[Crossed], status: Status) -> str:
        """Append the crossings and the ending to the audit chain of a run; return its head."""
        now = self._clock()
        self._journals.pop(run_id, None)
        return await self._database.write(
            lambda connection: _seal(connection, run_id, now, crossings, status)
        )

    async def _journal(self, run_id: str) -> dict[str, Call]:
        """Return the journal of a run; calls that begin together share one reading of it."""
        if run_id not in self._journals:
            self._journals[run_id] = asyncio.ensure_future(
                self._database.read(lambda connection: journal.entries(connection, run_id))
            )
        try:
            return await asyncio.shield(self._journals[run_id])
        except AttestError:
            self._journals.pop(run_id, None)
            raise


def _end(connection: Connection, run: Run, key: str, call: Call, snapshots: Sequence[Snapshot]) -> None:
    evidence.keep(connection, snapshots)
    ledger.settle(connection, run, key, call.tool, call.cost, call.ended)
    if call.outcome is Outcome.DONE:
        journal.enter(connection, run.id, key, call)
    detail: dict[str, object] = {
        "task": call.task,
        "tool": call.tool,
        "key": key,
        "outcome": call.outcome,
        "attempts": call.attempts,
        "cost": call.cost,
        "detail": call.detail,
        "sources": sorted({passage.span.source for passage in call.passages}),
    }
    audit.append(connection, run.id, call.ended, "call", detail)


def _tally(connection: Connection) -> dict[str, tuple[int, int]]:
    rows = connection.execute(_TALLY)
    return {tool: (int(calls), int(done)) for tool, calls, done in rows}


def _seal(
    connection: Connection, run_id: str, now: float, crossings: Sequence[Crossed], status: Status
) -> str:
    """Seal once: a run killed between its seal and its report finds the head it sealed."""
    ending = connection.execute(
        "SELECT kind, hash FROM audit WHERE run = :run ORDER BY position DESC LIMIT 1", {"run": run_id}
    ).fetchone()
    if ending is not None and ending[0] == "sealed":
        return str(ending[1])
    crossed: list[object] = [[c.crossing, c.source, c.characters, c.digest] for c in crossings]
    audit.append(connection, run_id, now, "crossings", {"crossed": crossed})
    return audit.append(connection, run_id, now, "sealed", {"status": status})
