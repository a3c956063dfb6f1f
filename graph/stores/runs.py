"""Store one row for each accepted run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict

from graph.errors import Misconfigured
from graph.history import RunRow
from graph.options import Options
from graph.records import Clock, Run, Status
from graph.stores.db.database import Database
from graph.stores.db.database_identity import identity
from graph.stores.db.db_worker import Connection
from graph.stores.run_listing import COLUMNS, run_row

RUN_TABLES = """
CREATE TABLE runs (
    id TEXT PRIMARY KEY, question TEXT NOT NULL, asker TEXT NOT NULL, options TEXT NOT NULL,
    status TEXT NOT NULL, created REAL NOT NULL, updated REAL NOT NULL, report TEXT
);
CREATE INDEX runs_by_asker ON runs (asker, created);
"""

# `json.dumps` writes this for a report without claims; inside a text its quotes are escaped.
TRUE_STATUSES = """
UPDATE runs SET status = CASE
    WHEN report LIKE '%"claims": []%' THEN 'not answered'
    WHEN status = 'complete' THEN 'answered'
    ELSE 'partly answered'
END
WHERE status IN ('complete', 'partial');
"""
"""Give the runs of earlier releases statuses that are true of them."""


LATEST = 1e12
"""A time after every run, in seconds since the epoch."""

_ASKED_BY = (
    f"SELECT {COLUMNS} FROM runs WHERE asker = :asker"
    " AND (created < :created OR (created = :created AND id < :id))"
    " ORDER BY created DESC, id DESC LIMIT :limit"
)
_TALLY = "SELECT status, COUNT(*) FROM runs GROUP BY status"
_MARK = "UPDATE runs SET status = :status, updated = :now WHERE id = :id"
_CHANGE_NOTHING = "UPDATE runs SET status = status WHERE id = ''"


class StoredRuns:
    """Store the rows of runs in the database; `clock` dates their changes."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._accepted: dict[str, Run] = {}
        self._first: tuple[object, ...] = ()

    async def accept(self, run: Run) -> Run:
        """Write the row of a run and return it; one accepted before is returned as it was.

        Both the application and the first node accept a run: the second time costs nothing.
        """
        if known := self._accepted.pop(run.id, None):
            return known
        row = await self._database.write(lambda connection: _accept(connection, run))
        kept = Run(id=row.id, question=row.question, options=row.options, started=row.created)
        self._accepted[run.id] = kept
        return kept

    async def mark(self, run_id: str, status: Status) -> None:
        """Write the status of an unfinished run."""
        self._accepted.pop(run_id, None)
        values = {"id": run_id, "status": status, "now": self._clock()}
        await self._database.write(lambda connection: connection.execute(_MARK, values).rowcount)

    async def reopen(self, run_id: str, options: Options) -> None:
        """Let a finished run go on with other options."""
        self._accepted.pop(run_id, None)
        values = {"id": run_id, "options": json.dumps(asdict(options)), "status": Status.RUNNING}
        await self._database.write(
            lambda connection: (
                connection.execute(
                    "UPDATE runs SET options = :options, status = :status, report = NULL WHERE id = :id",
                    values,
                ).rowcount
            )
        )

    async def get(self, run_id: str) -> RunRow | None:
        """Return a run by its id."""
        return await self._database.read(lambda connection: _one(connection, run_id))

    async def asked_by(self, asker: str, limit: int, before: tuple[float, str] | None = None) -> list[RunRow]:
        """Return runs of a person, newest first; `before` is when one was asked and its id."""
        created, run_id = before or (LATEST, "")
        values = {"asker": asker, "limit": limit, "created": created, "id": run_id}
        return await self._database.read(
            lambda connection: [run_row(row) for row in connection.execute(_ASKED_BY, values)]
        )

    async def tally(self) -> Mapping[Status, int]:
        """Count the runs by status."""
        return await self._database.read(
            lambda connection: {Status(status): count for status, count in connection.execute(_TALLY)}
        )

    async def check(self) -> None:
        """Read and write; raises what prevents it. No row is changed.

        Raises Misconfigured if the database is not the one of the first check.
        """
        found = await self._database.read(self._identity)
        await self._database.write(lambda connection: connection.execute(_CHANGE_NOTHING).rowcount)
        self._first = self._first or found
        if not found or found != self._first:
            raise Misconfigured("the database was removed or replaced: put it back, or start again")

    def _identity(self, connection: Connection) -> tuple[object, ...]:
        connection.execute(_TALLY).fetchall()
        return identity(connection, self._database.path)


def _accept(connection: Connection, run: Run) -> RunRow:
    connection.execute(
        "INSERT INTO runs (id, question, asker, options, status, created, updated)"
        " VALUES (:id, :question, :asker, :options, :status, :started, :started)"
        " ON CONFLICT (id) DO NOTHING",
        {
            "id": run.id,
            "question": run.question,
            "asker": run.options.user,
            "options": json.dumps(asdict(run.options)),
            "status": Status.RUNNING,
            "started": run.started,
        },
    )
    row = _one(connection, run.id)
    if row is None:
        raise LookupError(run.id)
    return row


def _one(connection: Connection, run_id: str) -> RunRow | None:
    row = connection.execute(f"SELECT {COLUMNS} FROM runs WHERE id = :id", {"id": run_id}).fetchone()
    return None if row is None else run_row(row)
