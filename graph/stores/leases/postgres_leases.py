"""Hold runs by rows that name a connection: a lease ends with its connection or its process."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import TypeVar

import psycopg

from graph.config.database_address import DatabaseServer
from graph.errors import AttestError, Busy, Unavailable
from graph.stores.db.db_worker import DatabaseWorker, Job
from graph.stores.db.migrations import MIGRATIONS
from graph.stores.db.postgres import PostgresServer
from graph.stores.db.postgres_session import PostgresSession

FRESH_SECONDS = 0.2
"""How long the runs of this process share one answer of the server, in seconds."""

# A server may hide from a role when other connections began: then the number alone decides.
_IS_ALIVE = """
EXISTS (SELECT 1 FROM pg_stat_activity AS other WHERE other.pid = leases.backend
    AND COALESCE(EXTRACT(EPOCH FROM other.backend_start)::float8 = leases.began, TRUE))
"""
_TAKE = f"""
INSERT INTO leases (run, backend, began, stopping)
    SELECT ?, pid, EXTRACT(EPOCH FROM backend_start)::float8, 0 FROM pg_stat_activity
    WHERE pid = pg_backend_pid()
ON CONFLICT (run) DO UPDATE SET backend = excluded.backend, began = excluded.began, stopping = 0
    WHERE NOT {_IS_ALIVE}
RETURNING run
"""
_LET_GO = "DELETE FROM leases WHERE run = ? AND backend = pg_backend_pid()"
_ASKED = "UPDATE leases SET stopping = 0 WHERE backend = pg_backend_pid() AND stopping = 1 RETURNING run"
_ASK = f"UPDATE leases SET stopping = 1 WHERE run = ? AND {_IS_ALIVE} RETURNING run"
_ARE_THERE = "SELECT to_regclass('leases') IS NOT NULL"
T = TypeVar("T")


class ServerLeases:
    """Hold runs of this process over a separate connection, opened at the first run."""

    def __init__(self, server: DatabaseServer) -> None:
        self._server = server
        self._engine = PostgresServer(server, MIGRATIONS)
        self._worker = DatabaseWorker(
            str(server), self._opened, _each, self._engine.explained, batch=64, threads=1
        )
        self._held: set[str] = set()
        self._asked: set[str] = set()
        self._looked = -FRESH_SECONDS

    @asynccontextmanager
    async def held(self, run_id: str) -> AsyncIterator[None]:
        """Hold a run; raises Busy when another process holds it."""
        await self._do(lambda session: self._take(session, run_id))
        try:
            yield
        finally:
            with suppress(AttestError):  # a server that does not answer holds nothing
                await self._do(lambda session: self._let_go(session, run_id))

    async def stop_requested(self, run_id: str) -> bool:
        """Tell, once, whether somebody asked; raises Unavailable if the connection was lost."""
        return await self._do(lambda session: self._look(session, run_id))

    async def close(self) -> None:
        """Disconnect, which releases every run that is held."""
        await asyncio.to_thread(self._worker.close)

    async def _do(self, work: Callable[[PostgresSession], T]) -> T:
        return await self._worker.ask(work)  # type: ignore[arg-type]  # the worker passes on what `_opened` yields

    @contextmanager
    def _opened(self) -> Iterator[PostgresSession]:
        with self._engine.opened() as session:
            try:
                yield session
            finally:
                self._held.clear()  # without the connection the rows are void

    def _take(self, session: PostgresSession, run_id: str) -> None:
        if not session.execute(_TAKE, (run_id,)).fetchall():
            raise Busy(f"run {run_id} is being worked on by another process: wait for it or stop it")
        self._held.add(run_id)
        self._asked.discard(run_id)

    def _let_go(self, session: PostgresSession, run_id: str) -> None:
        if run_id in self._held:
            self._held.discard(run_id)
            session.execute(_LET_GO, (run_id,))

    def _look(self, session: PostgresSession, run_id: str) -> bool:
        if run_id not in self._held:
            raise self._lost(run_id)
        if time.monotonic() - self._looked >= FRESH_SECONDS:
            try:
                self._asked |= {run for (run,) in session.execute(_ASKED).fetchall()}
            except psycopg.Error as error:
                raise self._lost(run_id) from error
            self._looked = time.monotonic()
        requested = run_id in self._asked
        self._asked.discard(run_id)
        return requested

    def _lost(self, run_id: str) -> Unavailable:
        return Unavailable(
            f"{self._server}: the connection that held run {run_id} was lost: attest resume {run_id} when it "
            "answers"
        )


def request(server: DatabaseServer, run_id: str) -> bool:
    """Ask the process that holds a run to stop it; return False if none does."""
    engine = PostgresServer(server, ())
    try:
        with engine.opened(readonly=True) as session:
            if session.execute(_ARE_THERE).fetchall() != [(True,)]:
                return False
            return bool(session.execute(_ASK, (run_id,)).fetchall())
    except psycopg.Error as error:
        raise engine.explained(error) or error from error


def _each(session: PostgresSession, batch: Sequence[Job]) -> None:
    """Run each job separately; a lost connection ends them all."""
    for job in batch:
        job.run(session)
        if session.is_lost:
            raise job.error or psycopg.OperationalError("the connection was lost")
