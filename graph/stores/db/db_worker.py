"""Take calls from event loops and threads to the few threads that own a connection, and answers back."""

from __future__ import annotations

import asyncio
import threading
import traceback
from concurrent.futures import Future
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from functools import partial
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

T = TypeVar("T")
Row: TypeAlias = tuple[Any, ...]
Parameters: TypeAlias = "Mapping[str, object] | Sequence[object]"
Work: TypeAlias = "Callable[[Connection], T]"

PATIENCE_SECONDS = 0.005


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


def places(values: Collection[object]) -> str:
    """Return the placeholders of a list after IN, which must not be empty."""
    return ", ".join("?" * len(values))


@dataclass(slots=True, eq=False)
class Job:
    """Carry one work to a thread, and its outcome back to the loop or the thread that waits for it."""

    work: Work[Any]
    future: asyncio.Future[Any] | Future[Any]
    loop: asyncio.AbstractEventLoop | None = None
    value: object = None
    error: BaseException | None = None

    def run(self, connection: Connection) -> None:
        """Do the work; an exception of any kind is its outcome."""
        try:
            self.value = self.work(connection)
        except StopIteration as error:
            self.error = RuntimeError(f"a work raised {error!r}, which a future cannot carry")
        except BaseException as error:  # noqa: BLE001 - whatever it is belongs to the caller, not to this thread
            self.error = error
            # A cursor kept alive by the traceback would hold its snapshot open on this connection.
            traceback.clear_frames(error.__traceback__)


@dataclass(slots=True, eq=False)
class DatabaseWorker:
    """Serve calls in the order they came, on threads that each own a connection.

    Waking a thread costs more than most works, so what one turn of a loop asks for is handed over together.
    A patient call waits for the next impatient one, at most PATIENCE_SECONDS or until the lane is closed.
    """

    name: str
    opened: Callable[[], AbstractContextManager[Any]]
    transact: Callable[[Any, Sequence[Job]], None]
    explained: Callable[[BaseException | None], BaseException | None]
    batch: int
    threads: int
    started: list[threading.Thread] = field(default_factory=list)
    waiting: list[Job] = field(default_factory=list)
    due: set[tuple[asyncio.AbstractEventLoop, bool]] = field(default_factory=set)
    queue: SimpleQueue[Job | None] = field(default_factory=SimpleQueue)
    lock: threading.Lock = field(default_factory=threading.Lock)
    closed: bool = False

    async def ask(self, work: Work[T], *, patient: bool = False) -> T:
        """Return what the work returned, once its transaction ended."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._accept(Job(work, future, loop))
        turn = (loop, patient)
        if turn not in self.due:
            self.due.add(turn)
            soon = partial(loop.call_later, PATIENCE_SECONDS) if patient else loop.call_soon
            soon(self._send, turn)
        return await future

    def ask_now(self, work: Work[T]) -> T:
        """Do what `ask` does for a caller without an event loop."""
        future: Future[T] = Future()
        self._accept(Job(work, future))
        self._send()
        return future.result()

    def close(self) -> None:
        """Serve what was accepted, then end the threads."""
        with self.lock:
            self._hand_over()
            self.closed = True
            self.queue.put(None)
        for thread in self.started:
            thread.join()

    def _accept(self, asked: Job) -> None:
        with self.lock:
            if self.closed:
                raise RuntimeError(f"{self.name} was closed by this process: make a new Database to use it")
            while len(self.started) < self.threads:
                thread = threading.Thread(target=self._serve, name=self.name, daemon=True)
                thread.start()
                self.started.append(thread)
            self.waiting.append(asked)

    def _send(self, turn: tuple[asyncio.AbstractEventLoop, bool] | None = None) -> None:
        if turn:
            self.due.discard(turn)
        with self.lock:
            self._hand_over()

    def _hand_over(self) -> None:
        """Queue what waits, in order, under the lock; only the first wakes a thread."""
        for asked in self.waiting:
            self.queue.put(asked)
        self.waiting.clear()

    def _serve(self) -> None:
        while batch := self._take():
            try:
                with self.opened() as connection:
                    while batch:
                        self.transact(connection, batch)
                        self._answer(batch)
                        batch = self._take()
            except BaseException as error:  # noqa: BLE001 - a dead thread would leave its callers waiting
                self._answer(batch, error)

    def _take(self) -> Sequence[Job]:
        """Wait for a call, take what is queued behind it, and nothing once the lane is closed and empty."""
        batch: list[Job] = []
        while len(batch) < self.batch and not (batch and self.queue.empty()):
            asked = self.queue.get()
            if asked is None:
                self.queue.put(None)  # for the next turn, and for the other threads
                break
            batch.append(asked)
        return batch

    def _answer(self, batch: Sequence[Job], error: BaseException | None = None) -> None:
        """Wake each loop once for all of its callers."""
        groups: dict[asyncio.AbstractEventLoop | None, list[Job]] = {}
        for asked in batch:
            asked.error = self.explained(asked.error or error)
            groups.setdefault(asked.loop, []).append(asked)
        for loop, group in groups.items():
            with suppress(RuntimeError):  # the loop is closed: nobody is left to tell
                loop.call_soon_threadsafe(settle, group) if loop else settle(group)


def settle(batch: Sequence[Job]) -> None:
    """Give each caller its outcome."""
    for asked in batch:
        if asked.future.done():  # its caller was cancelled
            continue
        if asked.error is not None:
            asked.future.set_exception(asked.error)
        else:
            asked.future.set_result(asked.value)
