"""Store the states of circuit breakers, so that a restart does not forget a failing service."""

from __future__ import annotations

from collections.abc import Mapping

from graph.stores.db.database import Database
from graph.stores.db.db_worker import Connection
from guards.circuit_breaker import BreakerState, Circuit

CIRCUIT_TABLES = """
CREATE TABLE circuits (
    name TEXT NOT NULL PRIMARY KEY, state TEXT NOT NULL, since REAL NOT NULL, until REAL NOT NULL,
    trips INTEGER NOT NULL, opened REAL NOT NULL, cause TEXT NOT NULL
);
"""

STALE_SECONDS = 86_400.0

_SAVE = """
INSERT INTO circuits (name, state, since, until, trips, opened, cause)
VALUES (:name, :state, :since, :until, :trips, :opened, :cause)
ON CONFLICT (name) DO UPDATE SET
    state = :state, since = :since, until = :until, trips = :trips, opened = :opened, cause = :cause
"""
_FORGET = "DELETE FROM circuits WHERE since < :before AND until < :before"
_LOAD = "SELECT name, state, since, until, trips, opened, cause FROM circuits ORDER BY since"


class StoredCircuits:
    """Store the state of each breaker in the database; its counts while it is closed are not stored."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def load(self) -> Mapping[str, Circuit]:
        """Return the state of every breaker saved within a day, by name, the latest change last."""
        return await self._database.read(_load)

    async def save(self, name: str, circuit: Circuit) -> None:
        """Store the state of a breaker, and delete those that did not change for a day."""
        await self._database.write(lambda connection: _save(connection, name, circuit), patient=True)


def _load(connection: Connection) -> dict[str, Circuit]:
    return {
        name: Circuit(
            state=BreakerState(state), since=since, until=until, trips=trips, opened=opened, cause=cause
        )
        for name, state, since, until, trips, opened, cause in connection.execute(_LOAD)
    }


def _save(connection: Connection, name: str, circuit: Circuit) -> None:
    kept = {
        field: getattr(circuit, field) for field in ("state", "since", "until", "trips", "opened", "cause")
    }
    connection.execute(_SAVE, {"name": name, **kept})
    connection.execute(_FORGET, {"before": circuit.since - STALE_SECONDS})
