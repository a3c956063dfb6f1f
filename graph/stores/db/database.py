"""Write with one thread, which commits all that is queued in one transaction, and read with a few threads."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from graph.stores.db.db_worker import DatabaseWorker
from graph.stores.db.engine import engine_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.config.database_address import Location
    from graph.stores.db.db_worker import T, Work

BATCH = 512
READERS = 2


class Database:
    """Run functions on the database at `path`, a file or a server, opened and migrated at the first use.

    Each function takes a `Connection` and runs once in a thread of the database, even if its caller is
    cancelled meanwhile. Any number of event loops and threads may share one Database.
    """

    def __init__(self, path: Location, *, migrations: Sequence[str] = ()) -> None:
        self.path = path
        engine = engine_of(path, migrations)
        name, told = str(path), engine.explained
        self._writer = DatabaseWorker(name, engine.opened, engine.commit, told, batch=BATCH, threads=1)
        reading = partial(engine.opened, readonly=True)
        self._readers = DatabaseWorker(name, reading, engine.read, told, batch=1, threads=READERS)

    async def write(self, work: Work[T], *, patient: bool = False) -> T:
        """Return the result of `work` once its changes are on disk; undo only its changes if it raises.

        A patient caller waits a few milliseconds for other writes to share a transaction with.
        """
        return await self._writer.ask(work, patient=patient)

    async def read(self, work: Work[T]) -> T:
        """Return the result of `work` on one read-only snapshot that holds every write returned before it."""
        return await self._readers.ask(work)

    def write_now(self, work: Work[T]) -> T:
        """Write from code without an event loop."""
        return self._writer.ask_now(work)

    def read_now(self, work: Work[T]) -> T:
        """Read from code without an event loop."""
        return self._readers.ask_now(work)

    async def close(self) -> None:
        """Commit what was accepted and release the database; every later call raises RuntimeError."""
        await asyncio.to_thread(self.close_now)

    def close_now(self) -> None:
        """Close from code without an event loop."""
        self._readers.close()
        self._writer.close()
