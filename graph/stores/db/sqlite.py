"""Run transactions and migrations on a SQLite file."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING

from graph.errors import Misconfigured
from graph.private_files import make_file, make_folder
from graph.stores.db.engine import statements
from graph.stores.db.sqlite_failures import OR_MOVE, WRITABLE, explained

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from graph.stores.db.db_worker import Job

BUSY_SECONDS = 60.0
WAL_PAUSE_SECONDS = 0.005


class SqliteFile:
    """Implement the engine of the file at `path`."""

    def __init__(self, path: Path, migrations: Sequence[str]) -> None:
        self._path = path
        self._migrations = tuple(migrations)

    @contextmanager
    def opened(self, *, readonly: bool = False) -> Iterator[sqlite3.Connection]:
        """Open the file, made if missing and migrated if older; close it afterwards."""
        try:
            make_folder(self._path.parent)
        except OSError as error:
            raise Misconfigured(
                f"cannot make the folder {self._path.parent} ({error}): {WRITABLE}"
            ) from error
        with suppress(OSError):  # SQLite's own error is better; its other files get the mode of this one
            make_file(self._path)
        with closing(sqlite3.connect(self._path, timeout=BUSY_SECONDS, isolation_level=None)) as connection:
            _use_wal(connection)
            connection.execute("PRAGMA synchronous = FULL")
            _migrate(connection, self._migrations, self._path)
            connection.execute(f"PRAGMA query_only = {readonly:d}")
            yield connection

    def commit(self, connection: sqlite3.Connection, batch: Sequence[Job]) -> None:
        """Run all jobs in one transaction; undo one alone when it fails."""
        connection.execute("BEGIN IMMEDIATE")
        for job in batch:
            connection.execute("SAVEPOINT work")
            job.run(connection)
            if not connection.in_transaction:  # SQLite rolls back by itself on a full disk, for example
                raise job.error or sqlite3.ProgrammingError("a work ended the transaction of its batch")
            if job.error is not None:
                connection.execute("ROLLBACK TO work")
            connection.execute("RELEASE work")
        connection.execute("COMMIT")

    def read(self, connection: sqlite3.Connection, batch: Sequence[Job]) -> None:
        """Run each job in a snapshot of its own, begun now."""
        for job in batch:
            connection.execute("BEGIN")
            job.run(connection)
            connection.execute("COMMIT")
            if getattr(job.error, "sqlite_errorcode", None) == sqlite3.SQLITE_READONLY:
                job.error = RuntimeError("a work given to read tried to write: give it to write")

    def explained(self, error: BaseException | None) -> BaseException | None:
        """Name the error by the caller's next move if the file, not the job, is at fault."""
        return explained(error, self._path)


def _use_wal(connection: sqlite3.Connection) -> None:
    """Switch to WAL; wait for another process that does the same, which SQLite itself would not."""
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
        for statement in statements(script):
            connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {len(migrations)}")
    connection.execute("COMMIT")
