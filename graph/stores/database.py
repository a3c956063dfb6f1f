"""Keep one SQLite file: one thread commits whatever is queued in one transaction, a few threads read."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from contextlib import closing, contextmanager
from functools import partial
from typing import TYPE_CHECKING

from graph.errors import Misconfigured
from graph.stores.failures import OR_MOVE, WRITABLE
from graph.stores.lane import Lane

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from graph.stores.lane import Asked, T, Work

BUSY_SECONDS = 60.0
WAL_PAUSE_SECONDS = 0.005
BATCH = 512
READERS = 2


class Database:
    """Run works on the file at `path`, which is opened and migrated at the first use.

    A work is a plain function of a `Connection`, run in a thread of the database, once, even if its caller is
    cancelled meanwhile. Any number of event loops and threads may share one Database.
    """

    def __init__(self, path: Path, *, migrations: Sequence[str] = ()) -> None:
        self.path = path
        opened = partial(_opened, path, tuple(migrations))
        self._writer = Lane(path, opened, _commit, batch=BATCH, threads=1)
        self._readers = Lane(path, partial(opened, readonly=True), _read, batch=1, threads=READERS)

    async def write(self, work: Work[T], *, patient: bool = False) -> T:
        """Return what `work` returned once its changes are on disk; undo them alone if it raises.

        A patient caller lets it wait a few milliseconds for a transaction to share.
        """
        return await self._writer.ask(work, patient=patient)

    async def read(self, work: Work[T]) -> T:
        """Return what `work` saw in one read-only snapshot that holds every write returned before it."""
        return await self._readers.ask(work)

    def write_now(self, work: Work[T]) -> T:
        """Do what `write` does for a caller without an event loop."""
        return self._writer.ask_now(work)

    def read_now(self, work: Work[T]) -> T:
        """Do what `read` does for a caller without an event loop."""
        return self._readers.ask_now(work)

    async def close(self) -> None:
        """Commit what was accepted and release the file; every later call raises RuntimeError."""
        await asyncio.to_thread(self.close_now)

    def close_now(self) -> None:
        """Do what `close` does for a caller without an event loop."""
        self._readers.close()
        self._writer.close()


def _commit(connection: sqlite3.Connection, batch: Sequence[Asked]) -> None:
    """Run all works in one transaction, each of them undone alone when it fails."""
    connection.execute("BEGIN IMMEDIATE")
    for asked in batch:
        connection.execute("SAVEPOINT work")
        asked.run(connection)
        if not connection.in_transaction:  # a full disk, for one, makes SQLite undo the whole of it
            raise asked.error or sqlite3.ProgrammingError("a work ended the transaction of its batch")
        if asked.error is not None:
            connection.execute("ROLLBACK TO work")
        connection.execute("RELEASE work")
    connection.execute("COMMIT")


def _read(connection: sqlite3.Connection, batch: Sequence[Asked]) -> None:
    """Run each work in a snapshot of its own, begun now."""
    for asked in batch:
        connection.execute("BEGIN")
        asked.run(connection)
        connection.execute("COMMIT")
        if getattr(asked.error, "sqlite_errorcode", None) == sqlite3.SQLITE_READONLY:
            asked.error = RuntimeError("a work given to read tried to write: give it to write")


@contextmanager
def _opened(path: Path, migrations: Sequence[str], *, readonly: bool = False) -> Iterator[sqlite3.Connection]:
    """Open the file, made when it is missing and migrated when it is older; close it afterwards."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Misconfigured(f"cannot make the folder {path.parent} ({error}): {WRITABLE}") from error
    with closing(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)) as connection:
        _use_wal(connection)
        connection.execute("PRAGMA synchronous = FULL")
        _migrate(connection, migrations, path)
        connection.execute(f"PRAGMA query_only = {readonly:d}")
        yield connection


def _use_wal(connection: sqlite3.Connection) -> None:
    """Switch to WAL, waiting for a process that does the same: SQLite itself would refuse at once."""
    for patience in range(int(BUSY_SECONDS / WAL_PAUSE_SECONDS), -1, -1):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            break
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or not patience:
                raise
            time.sleep(WAL_PAUSE_SECONDS)


def _migrate(connection: sqlite3.Connection, migrations: Sequence[str], path: Path) -> None:
    """Apply the scripts this file lacks, all or none, one process at a time."""
    if connection.execute("PRAGMA user_version").fetchone() == (len(migrations),):
        return
    connection.execute("BEGIN IMMEDIATE")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > (known := len(migrations)):
        raise Misconfigured(f"{path} is from a newer release ({version} > {known}): upgrade {OR_MOVE}")
    for script in migrations[version:]:
        for statement in _statements(script):
            connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {len(migrations)}")
    connection.execute("COMMIT")


def _statements(script: str) -> Iterator[str]:
    """Split a script, because `executescript` would commit the transaction around it."""
    statement = ""
    for piece in script.split(";"):
        statement += f"{piece};"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    yield statement
