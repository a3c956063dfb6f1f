"""Hold runs by advisory locks of one connection: they go with the process, or with its way to the server."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import TypeVar

import psycopg

from graph.errors import AttestError, Refused, Unavailable
from graph.location import Server
from graph.stores.lane import Asked, Lane
from graph.stores.postgres import PostgresServer
from graph.stores.postgres_session import Session

CHANNEL = "attest_stop"
"""The channel of the server on which requests to stop travel: each names the lock of its run."""
FRESH_SECONDS = 0.2
"""How long runs of this process share what the server was asked."""

_IS_HELD = """
SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 1
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND classid = :high AND objid = :low
"""
T = TypeVar("T")


class ServerLeases:
    """Hold runs for this process over a connection of their own, opened at the first run."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._engine = PostgresServer(server, ())
        self._lane = Lane(str(server), self._opened, _each, self._engine.explained, batch=64, threads=1)
        self._held: dict[str, int] = {}
        self._asked: set[str] = set()
        self._looked = -FRESH_SECONDS

    @asynccontextmanager
    async def held(self, run_id: str) -> AsyncIterator[None]:
        """Hold a run; raises Refused when somebody else does."""
        await self._do(lambda session: self._take(session, run_id))
        try:
            yield
        finally:
            with suppress(AttestError):  # a server that does not answer has let go
                await self._do(lambda session: self._let_go(session, run_id))

    async def stop_requested(self, run_id: str) -> bool:
        """Tell, once, whether somebody asked; raises Unavailable when the lock went with its connection."""
        return await self._do(lambda session: self._look(session, run_id))

    async def close(self) -> None:
        """Disconnect, which lets go of whatever is held."""
        await asyncio.to_thread(self._lane.close)

    async def _do(self, work: Callable[[Session], T]) -> T:
        return await self._lane.ask(work)  # type: ignore[arg-type]  # the lane hands over what `_opened` yields

    @contextmanager
    def _opened(self) -> Iterator[Session]:
        with self._engine.opened() as session:
            session.driver.add_notify_handler(lambda told: self._hear(told.payload))
            session.command(f"LISTEN {CHANNEL}")
            try:
                yield session
            finally:
                self._held.clear()  # the server lets go of them too

    def _hear(self, key: str) -> None:
        self._asked |= {run for run, number in self._held.items() if str(number) == key}

    def _take(self, session: Session, run_id: str) -> None:
        """One session would be given the same lock twice, so what it holds is asked first."""
        key = session.lock_key("run", run_id)
        if run_id in self._held or session.execute(f"SELECT pg_try_advisory_lock({key})").fetchall() != [
            (True,)
        ]:
            raise Refused(f"run {run_id} is being worked on by another process: wait for it or stop it")
        self._held[run_id] = key

    def _let_go(self, session: Session, run_id: str) -> None:
        key = self._held.pop(run_id, None)
        self._asked.discard(run_id)
        if key is not None:
            session.command(f"SELECT pg_advisory_unlock({key})")

    def _look(self, session: Session, run_id: str) -> bool:
        if run_id not in self._held:
            raise self._lost(run_id)
        if time.monotonic() - self._looked >= FRESH_SECONDS:
            try:
                session.command("SELECT 1")  # with its answer the driver hands over what was notified
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


def request(server: Server, run_id: str) -> bool:
    """Tell the process that holds a run to stop it; False when none holds it."""
    engine = PostgresServer(server, ())
    try:
        with engine.opened() as session:
            key = session.lock_key("run", run_id)
            low = key & 0xFFFFFFFF
            high = key >> 32 & 0xFFFFFFFF
            held = session.execute(_IS_HELD, {"high": high, "low": low}).fetchone() is not None
            if held:
                session.execute("SELECT pg_notify(?, ?)", (CHANNEL, str(key)))
            return held
    except psycopg.Error as error:
        raise engine.explained(error) or error from error


def _each(session: Session, batch: Sequence[Asked]) -> None:
    """Do each work by itself; a lost connection ends them all."""
    for asked in batch:
        asked.run(session)
        if session.is_lost:
            raise asked.error or psycopg.OperationalError("the connection was lost")
