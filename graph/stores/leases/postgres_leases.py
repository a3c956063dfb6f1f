"""Hold runs by rows that name a connection: they count as long as it lives, and so does the process."""

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
"""How long runs of this process share what the server was asked."""

# A server may hide from a role when the connections of another began: then the number alone decides.
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
    """Hold runs for this process over a connection of their own, opened at the first run."""

    def __init__(self, server: DatabaseServer) -> None:
        self._server = server
        self._engine = PostgresServer(server, MIGRATIONS)
        self._lane = DatabaseWorker(
            str(server), self._opened, _each, self._engine.explained, batch=64, threads=1
        )
        self._held: set[str] = set()
        self._asked: set[str] = set()
        self._looked = -FRESH_SECONDS

    @asynccontextmanager
    async def held(self, run_id: str) -> AsyncIterator[None]:
        """Hold a run; raises Busy when somebody else does."""
        await self._do(lambda session: self._take(session, run_id))
        try:
            yield
        finally:
            with suppress(AttestError):  # a server that does not answer has let go
                await self._do(lambda session: self._let_go(session, run_id))

    async def stop_requested(self, run_id: str) -> bool:
        """Tell, once, whether somebody asked; raises Unavailable when the lease went with its connection."""
        return await self._do(lambda session: self._look(session, run_id))

    async def close(self) -> None:
        """Disconnect, which lets go of whatever is held."""
        await asyncio.to_thread(self._lane.close)

    async def _do(self, work: Callable[[PostgresSession], T]) -> T:
        return await self._lane.ask(work)  # type: ignore[arg-type]  # the lane hands over what `_opened` yields

    @contextmanager
    def _opened(self) -> Iterator[PostgresSession]:
        with self._engine.opened() as session:
            try:
                yield session
            finally:
                self._held.clear()  # the rows count no more without the connection

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
    """Tell the process that holds a run to stop it; False when none holds it."""
    engine = PostgresServer(server, ())
    try:
        with engine.opened(readonly=True) as session:
            if session.execute(_ARE_THERE).fetchall() != [(True,)]:
                return False
            return bool(session.execute(_ASK, (run_id,)).fetchall())
    except psycopg.Error as error:
        raise engine.explained(error) or error from error


def _each(session: PostgresSession, batch: Sequence[Job]) -> None:
    """Do each work by itself; a lost connection ends them all."""
    for asked in batch:
        asked.run(session)
        if session.is_lost:
            raise asked.error or psycopg.OperationalError("the connection was lost")
