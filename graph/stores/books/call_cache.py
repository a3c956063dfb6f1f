"""Store the results of deterministic calls, so that a later run need not make them again."""

from __future__ import annotations

from dataclasses import replace

from graph.records import Call, Clock, Outcome
from graph.stores.books.journal import from_json, to_json
from graph.stores.db.database import Database
from graph.stores.db.db_worker import Connection, places

RESULT_TABLES = """
CREATE TABLE results (
    call TEXT NOT NULL PRIMARY KEY, tool TEXT NOT NULL, record TEXT NOT NULL,
    at REAL NOT NULL, expires REAL NOT NULL
);
CREATE INDEX results_by_expiry ON results (expires);
"""

MOST_FORGOTTEN = 100

# A result from the future was stored before the clock was set back: its age is unknown.
_FRESH = "SELECT record FROM results WHERE call = :call AND at <= :now AND expires > :now"
_STORED = "SELECT COUNT(*) FROM texts WHERE id IN ({})"
_KEEP = """
INSERT INTO results (call, tool, record, at, expires) VALUES (:call, :tool, :record, :now, :expires)
ON CONFLICT (call) DO UPDATE SET record = :record, at = :now, expires = :expires
"""
_FORGET = """
DELETE FROM results WHERE call IN (
    SELECT call FROM results WHERE expires <= :now ORDER BY expires LIMIT :most
)
"""


class StoredCache:
    """Store results in the database, beside the texts they refer to; `clock` dates them."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def get(self, key: str) -> Call | None:
        """Return a result that has not expired, as a call that asked nobody and cost nothing.

        Its task, branch and times are those of the original call. A result is not returned if a text it
        refers to is not stored.
        """
        now = self._clock()
        call = await self._database.read(lambda connection: _get(connection, key, now))
        return call and replace(call, cached=True, cost=0, attempts=0, waited=0.0, estimate=0, tokens=None)

    async def put(self, key: str, call: Call, ttl: float) -> None:
        """Store a result for `ttl` seconds; a call that is not done is not stored."""
        if ttl > 0 and call.outcome is Outcome.DONE:
            now = self._clock()
            await self._database.write(
                lambda connection: _put(connection, key, call, now, now + ttl), patient=True
            )


def _get(connection: Connection, key: str, now: float) -> Call | None:
    row = connection.execute(_FRESH, {"call": key, "now": now}).fetchone()
    call = row and from_json(row[0])
    return call if call and _is_stored(connection, call) else None


def _is_stored(connection: Connection, call: Call) -> bool:
    sources = {passage.span.source for passage in call.passages}
    stored = _STORED.format(places(sources))
    return not sources or connection.execute(stored, [*sources]).fetchone() == (len(sources),)


def _put(connection: Connection, key: str, call: Call, now: float, expires: float) -> None:
    connection.execute(_FORGET, {"now": now, "most": MOST_FORGOTTEN})
    connection.execute(
        _KEEP, {"call": key, "tool": call.tool, "record": to_json(call), "now": now, "expires": expires}
    )
