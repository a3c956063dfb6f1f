"""Define what a database engine does, choose the one for a location, and split a migration for it."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from contextlib import AbstractContextManager

    from graph.config.database_address import Location
    from graph.stores.db.db_worker import Job


class DatabaseEngine(Protocol):
    """Open connections to one database and run jobs in its transactions."""

    def opened(self, *, readonly: bool = False) -> AbstractContextManager[Any]:
        """Open a connection to a database that is made or migrated if need be; close it afterwards."""

    def commit(self, connection: Any, batch: Sequence[Job]) -> None:  # noqa: ANN401 - its own connection
        """Run all jobs in one transaction; undo one alone when it fails."""

    def read(self, connection: Any, batch: Sequence[Job]) -> None:  # noqa: ANN401 - its own connection
        """Run each job in a snapshot of its own, begun now."""

    def explained(self, error: BaseException | None) -> BaseException | None:
        """Name the error by the caller's next move if the database, not the job, is at fault."""


def engine_of(location: Location, migrations: Sequence[str]) -> DatabaseEngine:
    """Return the engine of a location; the driver of PostgreSQL is loaded only where it is needed."""
    if isinstance(location, Path):
        from graph.stores.db.sqlite import SqliteFile  # noqa: PLC0415  # one of the two is enough

        return SqliteFile(location, migrations)
    from graph.stores.db.postgres import PostgresServer  # noqa: PLC0415  # the driver takes a tenth of a second

    return PostgresServer(location, migrations)


def statements(script: str) -> Iterator[str]:
    """Split a script, because running it whole would commit the transaction around it."""
    statement = ""
    for piece in script.split(";"):
        statement += f"{piece};"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    yield statement
