"""Keep one SQLite file: one thread commits whatever is queued in one transaction, a few threads read."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
import time
import traceback
from concurrent.futures import Future
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, TypeVar

from graph.errors import Misconfigured
from graph.stores.failures import OR_MOVE, WRITABLE, explained

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

T = TypeVar("T")
Row: TypeAlias = tuple[Any, ...]
Parameters: TypeAlias = "Mapping[str, object] | Sequence[object]"
Work: TypeAlias = "Callable[[Connection], T]"

BUSY_SECONDS = 60.0
WAL_PAUSE_SECONDS = 0.005
BATCH = 512
READERS = 2


class Cursor(Protocol):
    """Hold the rows of one statement."""

    @property
    def rowcount(self) -> int:
        """Return how many rows the statement changed."""

    def fetchone(self) -> Row | None:
        """Return the next row."""

    def fetchall(self) -> list[Row]:
        """Return the rows that are left."""

    def __iter__(self) -> Iterator[Row]: ...


class Connection(Protocol):
    """Run statements inside the transaction the database opened around a work."""

    def execute(self, sql: str, parameters: Parameters = ..., /) -> Cursor:
        """Run one statement."""

    def executemany(self, sql: str, rows: Iterable[Parameters], /) -> Cursor:
        """Run one statement once per row."""


class Database:
    """Run works on the file at `path`, which is opened and migrated at the first use.

    A work is a plain function of a `Connection`, run in a thread of the database, once, even if its caller is
    cancelled meanwhile. Any number of event loops and threads may share one Database.
    """

    def __init__(self, path: Path, *, migrations: Sequence[str] = ()) -> None:
        self.path = path
        opened = partial(_opened, path, tuple(migrations))
        self._writer = _Lane(path, opened, _commit, batch=BATCH, threads=1)
        self._readers = _Lane(path, partial(opened, readonly=True), _read, batch=1, threads=READERS)

    async def write(self, work: Work[T]) -> T:
        """Return what `work` returned once its changes are on disk; undo them alone if it raises."""
        return await self._writer.ask(work)

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


@dataclass(slots=True, eq=False)
class _Call:
    """Carry one work to a thread, and its outcome back to the loop or the thread that waits for it."""

    work: Work[Any]
    future: asyncio.Future[Any] | Future[Any]
    loop: asyncio.AbstractEventLoop | None = None
    value: object = None
    error: BaseException | None = None

    def run(self, connection: sqlite3.Connection) -> None:
        try:
            self.value = self.work(connection)
        except StopIteration as error:
            self.error = RuntimeError(f"a work raised {error!r}, which a future cannot carry")
        except BaseException as error:  # noqa: BLE001 - whatever it is belongs to the caller, not to this thread
            self.error = error
            # A cursor kept alive by the traceback would hold its snapshot open on this connection.
            traceback.clear_frames(error.__traceback__)


@dataclass(slots=True, eq=False)
class _Lane:
    """Serve calls in the order they came, on threads that each own a connection."""

    path: Path
    opened: Callable[[], AbstractContextManager[sqlite3.Connection]]
    transact: Callable[[sqlite3.Connection, Sequence[_Call]], None]
    batch: int
    threads: int
    started: list[threading.Thread] = field(default_factory=list)
    queue: SimpleQueue[_Call | None] = field(default_factory=SimpleQueue)
    lock: threading.Lock = field(default_factory=threading.Lock)
    closed: bool = False

    async def ask(self, work: Work[T]) -> T:
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._accept(_Call(work, future, loop))
        return await future

    def ask_now(self, work: Work[T]) -> T:
        future: Future[T] = Future()
        self._accept(_Call(work, future))
        return future.result()

    def close(self) -> None:
        with self.lock:
            self.closed = True
            self.queue.put(None)
        for thread in self.started:
            thread.join()

    def _accept(self, call: _Call) -> None:
        with self.lock:
            if self.closed:
                raise RuntimeError(f"{self.path} was closed by this process: make a new Database to use it")
            while len(self.started) < self.threads:
                thread = threading.Thread(target=self._serve, name=self.path.name, daemon=True)
                thread.start()
                self.started.append(thread)
            self.queue.put(call)

    def _serve(self) -> None:
        while calls := self._take():
            try:
                with self.opened() as connection:
                    while calls:
                        self.transact(connection, calls)
                        self._answer(calls)
                        calls = self._take()
            except BaseException as error:  # noqa: BLE001 - a dead thread would leave its callers waiting
                self._answer(calls, error)

    def _take(self) -> Sequence[_Call]:
        """Wait for a call, take what is queued behind it, and nothing once the lane is closed and empty."""
        calls: list[_Call] = []
        while len(calls) < self.batch and not (calls and self.queue.empty()):
            call = self.queue.get()
            if call is None:
                self.queue.put(None)  # for the next turn, and for the other threads
                break
            calls.append(call)
        return calls

    def _answer(self, calls: Sequence[_Call], error: BaseException | None = None) -> None:
        """Wake each loop once for all of its callers."""
        waiting: dict[asyncio.AbstractEventLoop | None, list[_Call]] = {}
        for call in calls:
            call.error = explained(call.error or error, self.path)
            waiting.setdefault(call.loop, []).append(call)
        for loop, group in waiting.items():
            with suppress(RuntimeError):  # the loop is closed: nobody is left to tell
                loop.call_soon_threadsafe(_settle, group) if loop else _settle(group)


def _commit(connection: sqlite3.Connection, calls: Sequence[_Call]) -> None:
    """Run all works in one transaction, each of them undone alone when it fails."""
    connection.execute("BEGIN IMMEDIATE")
    for call in calls:
        connection.execute("SAVEPOINT work")
        call.run(connection)
        if not connection.in_transaction:  # a full disk, for one, makes SQLite undo the whole of it
            raise call.error or sqlite3.ProgrammingError("a work ended the transaction of its batch")
        if call.error is not None:
            connection.execute("ROLLBACK TO work")
        connection.execute("RELEASE work")
    connection.execute("COMMIT")


def _read(connection: sqlite3.Connection, calls: Sequence[_Call]) -> None:
    """Run each work in a snapshot of its own, begun now."""
    for call in calls:
        connection.execute("BEGIN")
        call.run(connection)
        connection.execute("COMMIT")
        if getattr(call.error, "sqlite_errorcode", None) == sqlite3.SQLITE_READONLY:
            call.error = RuntimeError("a work given to read tried to write: give it to write")


def _settle(calls: Sequence[_Call]) -> None:
    for call in calls:
        if call.future.done():  # its caller was cancelled
            continue
        if call.error is not None:
            call.future.set_exception(call.error)
        else:
            call.future.set_result(call.value)


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
