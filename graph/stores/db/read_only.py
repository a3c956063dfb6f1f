"""Read a database quickly: without a thread, a migration, a framework or a lock."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast

from graph.stores.db.sqlite_failures import explained

if TYPE_CHECKING:  # asyncio and the driver of PostgreSQL are slow to import
    from graph.config.database_address import DatabaseServer, Location
    from graph.stores.db.db_worker import Connection


@contextmanager
def reading(location: Location) -> Iterator[Connection]:
    """Connect to read; a missing file reads as an empty one.

    Raises Misconfigured when the file cannot be read, or the server cannot be reached.
    """
    reader = _file(location) if isinstance(location, Path) else _server(location)
    with reader as connection:
        yield connection


def columns(connection: Connection, location: Location, table: str) -> set[str]:
    """Return the names of a table's columns, none if there is no such table."""
    if isinstance(location, Path):
        return {name for _, name, *_ in connection.execute(f"PRAGMA table_info({table})")}
    found = connection.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema()"
        " AND table_name = ?",
        (table,),
    )
    return {name for (name,) in found}


@contextmanager
def _file(path: Path) -> Iterator[Connection]:
    uri = f"{path.absolute().as_uri()}?mode=ro" if path.exists() else ":memory:"
    try:
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            yield cast("Connection", connection)
    except sqlite3.Error as error:
        raise explained(error, path) or error from error


@contextmanager
def _server(server: DatabaseServer) -> Iterator[Connection]:
    from graph.stores.db.postgres import SNAPSHOT, PostgresServer  # noqa: PLC0415  # a file needs no driver

    engine = PostgresServer(server, ())
    try:
        with engine.opened(readonly=True) as session:
            session.begin(SNAPSHOT)
            yield session
    except Exception as error:
        raise engine.explained(error) or error from error
