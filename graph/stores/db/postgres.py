"""Run transactions and migrations on a PostgreSQL database, also when the server goes away."""

from __future__ import annotations

from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING

import psycopg
from psycopg import errors

from graph.errors import Misconfigured
from graph.stores.db.dialect import defined
from graph.stores.db.engine import statements
from graph.stores.db.postgres_failures import CHECK, explained, named, unknown
from graph.stores.db.postgres_session import SCHEMA, PostgresSession

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graph.config.database_address import DatabaseServer
    from graph.stores.db.db_worker import Job

_MADE_MEANWHILE = (
    errors.UniqueViolation,
    errors.DuplicateSchema,
    errors.DuplicateTable,
    errors.DuplicateObject,
)
_IS_FOUND = "SELECT to_regclass('schema_versions') IS NOT NULL"
_VERSIONS = "CREATE TABLE IF NOT EXISTS schema_versions (version BIGINT PRIMARY KEY)"
ALONE = "BEGIN; LOCK TABLE schema_versions IN EXCLUSIVE MODE"
"""Begin to write: who reads goes on, everybody else who writes waits."""
SNAPSHOT = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"


class PostgresServer:
    """Implement the engine of one database of a server."""

    def __init__(self, server: DatabaseServer, migrations: Sequence[str]) -> None:
        self._server = server
        self._migrations = tuple(migrations)
        self._was_reached = False

    @contextmanager
    def opened(self, *, readonly: bool = False) -> Iterator[PostgresSession]:
        """Connect to a database that is migrated when it is older; disconnect afterwards."""
        with closing(self._connected()) as session:
            if self._migrations or not readonly:
                _found(session)
            _migrate(session, self._migrations, self._server)
            yield session

    def commit(self, session: PostgresSession, batch: Sequence[Job]) -> None:
        """Run all jobs in one transaction; undo one alone when it fails.

        Only one transaction writes at a time, in all processes, as in a file: what a job read before it wrote
        still holds when it is committed. The lock is on a table of ours, which no other role can take.
        """
        session.begin(ALONE)
        for at, job in enumerate(batch):
            session.command("RELEASE work; SAVEPOINT work" if at else "SAVEPOINT work")
            job.run(session)
            if not session.in_transaction:
                raise _ended(session, job)
            if job.error is not None:
                session.command("ROLLBACK TO work")
        self._store(session)

    def read(self, session: PostgresSession, batch: Sequence[Job]) -> None:
        """Run each job in a snapshot of its own, begun now."""
        for job in batch:
            session.begin(SNAPSHOT)
            job.run(session)
            if isinstance(job.error, errors.ReadOnlySqlTransaction):
                job.error = RuntimeError("a work given to read tried to write: give it to write")
            if session.is_lost:
                raise _ended(session, job)
            session.command("ROLLBACK")

    def explained(self, error: BaseException | None) -> BaseException | None:
        """Name the error by the caller's next move if the server, not the job, is at fault."""
        return explained(error, self._server)

    def _connected(self) -> PostgresSession:
        """Connect; a server never reached is a wrong setting, one that went away may come back."""
        try:
            session = PostgresSession(self._server)
        except psycopg.OperationalError as error:
            if self._was_reached:
                raise
            raise named(Misconfigured, error, self._server, CHECK) from error
        self._was_reached = True
        return session

    def _store(self, session: PostgresSession) -> None:
        """Commit; raises Unavailable if nobody knows whether that was done."""
        try:
            session.command("COMMIT")
        except (psycopg.OperationalError, psycopg.InterfaceError) as error:
            raise (unknown(error, self._server) if session.is_lost else error) from error


def _ended(session: PostgresSession, job: Job) -> psycopg.Error:
    """Say why the transaction of a batch ended early."""
    if isinstance(job.error, psycopg.Error):
        return job.error
    if session.is_lost:
        return psycopg.OperationalError("the server closed the connection")
    return psycopg.ProgrammingError("a work ended the transaction of its batch")


def _found(session: PostgresSession) -> None:
    """Make the schema and the table that writers lock, if missing; two processes may try at once."""
    if session.execute(_IS_FOUND).fetchall() == [(True,)]:
        return
    with suppress(*_MADE_MEANWHILE):
        if session.is_own_schema:
            session.command(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
    with suppress(*_MADE_MEANWHILE):
        session.command(_VERSIONS)


def _migrate(session: PostgresSession, migrations: Sequence[str], server: DatabaseServer) -> None:
    """Apply the scripts this database lacks, all or none, one process at a time."""
    if not migrations or _version(session) == len(migrations):
        return
    session.command(ALONE)
    version = _version(session)
    if version > (known := len(migrations)):
        raise Misconfigured(
            f"{server} is from a newer release ({version} > {known}): upgrade or name another database in "
            "ATTEST_DATABASE_URL"
        )
    for script in migrations[version:]:
        for statement in statements(script):
            session.execute(defined(statement))
    session.executemany(
        "INSERT INTO schema_versions (version) VALUES (?)",
        [(number,) for number in range(version + 1, known + 1)],
    )
    session.command("COMMIT")


def _version(session: PostgresSession) -> int:
    return int(session.execute("SELECT coalesce(max(version), 0) FROM schema_versions").fetchall()[0][0])
