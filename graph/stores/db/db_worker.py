"""Run jobs from event loops and threads on the few threads that own a connection."""

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
    """Run statements inside the transaction that the database opened around a job."""

    def execute(self, sql: str, parameters: Parameters = ..., /) -> Cursor:
        """Run one statement."""

    def executemany(self, sql: str, rows: Iterable[Parameters], /) -> Cursor:
        """Run one statement once per row."""


def places(values: Collection[object]) -> str:
    """Return the placeholders of a list after IN, which must not be empty."""
    return ", ".join("?" * len(values))


@dataclass(slots=True, eq=False)
class Job:
    """Carry one function to a worker thread, and its result back to the loop or thread that waits."""

    work: Work[Any]
    future: asyncio.Future[Any] | Future[Any]
    loop: asyncio.AbstractEventLoop | None = None
    value: object = None
    error: BaseException | None = None

    def run(self, connection: Connection) -> None:
        """Run the function; an exception of any kind is its result."""
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
    """Run jobs in the order they came, on threads that each own a connection.

    Waking a thread costs more than most jobs, so the jobs of one turn of a loop are handed over together. A
    patient job waits for the next impatient one, at most PATIENCE_SECONDS or until the worker is closed.
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
        """Return the result of the function, once its transaction ended."""
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
        """Run a job for code without an event loop."""
        future: Future[T] = Future()
        self._accept(Job(work, future))
        self._send()
        return future.result()

    def close(self) -> None:
        """Run what was accepted, then end the threads."""
        with self.lock:
            self._hand_over()
            self.closed = True
            self.queue.put(None)
        for thread in self.started:
            thread.join()

    def _accept(self, job: Job) -> None:
        with self.lock:
            if self.closed:
                raise RuntimeError(f"{self.name} was closed by this process: make a new Database to use it")
            while len(self.started) < self.threads:
                thread = threading.Thread(target=self._serve, name=self.name, daemon=True)
                thread.start()
                self.started.append(thread)
            self.waiting.append(job)

    def _send(self, turn: tuple[asyncio.AbstractEventLoop, bool] | None = None) -> None:
        if turn:
            self.due.discard(turn)
        with self.lock:
            self._hand_over()

    def _hand_over(self) -> None:
        """Queue the waiting jobs, in order, under the lock; only the first wakes a thread."""
        for job in self.waiting:
            self.queue.put(job)
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
        """Wait for a job, and take those queued behind it; none once the worker is closed and empty."""
        batch: list[Job] = []
        while len(batch) < self.batch and not (batch and self.queue.empty()):
            job = self.queue.get()
            if job is None:
                self.queue.put(None)  # for the other threads
                break
            batch.append(job)
        return batch

    def _answer(self, batch: Sequence[Job], error: BaseException | None = None) -> None:
        """Wake each loop once for all its jobs."""
        groups: dict[asyncio.AbstractEventLoop | None, list[Job]] = {}
        for job in batch:
            job.error = self.explained(job.error or error)
            groups.setdefault(job.loop, []).append(job)
        for loop, group in groups.items():
            with suppress(RuntimeError):  # the loop is closed: nobody is left to tell
                loop.call_soon_threadsafe(settle, group) if loop else settle(group)


def settle(batch: Sequence[Job]) -> None:
    """Give each caller its result."""
    for job in batch:
        if job.future.done():  # its caller was cancelled
            continue
        if job.error is not None:
            job.future.set_exception(job.error)
        else:
            job.future.set_result(job.value)
