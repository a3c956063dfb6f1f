"""Run research as tasks of this process: a browser that goes away does not end a run."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass

from graph.errors import Refused
from graph.events import Event, Finished, Waiting
from graph.records import Clock
from ui.server.security.concurrency_limit import ConcurrencyLimit

MOST_ENDED = 64
"""How many ended runs are kept, for clients that come back late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedEvent:
    """Hold an event with its id and when it came, in seconds since the epoch.

    The id is unique over restarts; the number behind its dot counts from 1.
    """

    id: str
    event: Event
    at: float


WaitForTurn = Callable[[], Awaitable[None]]
"""Wait until a run may begin."""

Listener = Callable[[str, NumberedEvent], None]
"""Take every event of every run, with the id of the run."""


class BackgroundRun:
    """Hold the events of a run since this process took it up; any number of clients may follow it."""

    def __init__(self, run_id: str, name: str, clock: Clock, listeners: Sequence[Listener] = ()) -> None:
        self.run_id = run_id
        self.ended = False
        self._listeners = listeners
        self._clock = clock
        self._name = name
        self._events: list[NumberedEvent] = []
        self._error: BaseException | None = None
        self._news = asyncio.Event()

    @property
    def failed(self) -> bool:
        """Tell whether the run ended with an error, which `follow` raises."""
        return self._error is not None

    async def follow(self, after: str = "") -> AsyncGenerator[NumberedEvent, None]:
        """Yield the events after the one with the id `after`, then those to come; raise what the run raised.

        An empty id, or one of another process, means from the beginning.
        """
        at = self._position(after)
        while True:
            while at < len(self._events):
                yield self._events[at]
                at += 1
            if self.ended:
                break
            await self._news.wait()
        if self._error is not None:
            raise self._error

    async def record(self, events: AsyncIterator[Event]) -> None:
        """Store every event, and keep an error for those who follow.

        The last event is stored after the run is released, so a client that answers it at once finds it free.
        """
        last: Event | None = None
        try:
            async for event in events:
                if isinstance(event, Finished | Waiting):
                    last = event
                else:
                    self._store(event)
        except asyncio.CancelledError:
            self._error = Refused(f"run {self.run_id} was put down with the server: it can be resumed")
            raise
        except Exception as error:  # noqa: BLE001 - it belongs to those who follow, not to the loop
            self._error = error
        finally:
            self.ended = True
            self._store(last)

    async def begun(self) -> None:
        """Wait for the first event; raise the error that came instead."""
        while not self._events and not self.ended:
            await self._news.wait()
        if self._error is not None and not self._events:
            raise self._error

    def _position(self, after: str) -> int:
        name, _, number = after.rpartition(".")
        return min(int(number), len(self._events)) if name == self._name and number.isdecimal() else 0

    def _store(self, event: Event | None) -> None:
        """Store an event, and wake all who follow."""
        if event is not None:
            id_ = f"{self._name}.{len(self._events) + 1}"
            numbered = NumberedEvent(id=id_, event=event, at=self._clock())
            self._events.append(numbered)
            for listener in self._listeners:
                listener(self.run_id, numbered)
        news, self._news = self._news, asyncio.Event()
        news.set()


class BackgroundRuns:
    """Run research as tasks of this process; `name` makes a name that never repeats for each start.

    `wait_for_turn` is awaited before a run begins; meanwhile `waiting` counts it for the account that asked.
    """

    def __init__(
        self,
        name: Callable[[], str],
        clock: Clock,
        wait_for_turn: WaitForTurn | None = None,
        waiting: ConcurrencyLimit | None = None,
    ) -> None:
        self._name, self._clock, self._wait_for_turn = name, clock, wait_for_turn
        self._waiting = waiting
        self._runs: dict[str, BackgroundRun] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._listeners: list[Listener] = []

    def add_listener(self, listener: Listener) -> None:
        """Pass every later event to a listener; it must be quick and raise nothing."""
        self._listeners.append(listener)

    async def begin(self, run_id: str, events: AsyncIterator[Event], *, asker: str = "") -> BackgroundRun:
        """Start a run and return at its first event; raises the error that came instead.

        Raises Refused when this process works on the run already, TooManyAtOnce when too many runs of the
        account `asker` wait for their turn.
        """
        if (known := self._runs.get(run_id)) and not known.ended:
            raise Refused(f"run {run_id} is under way: follow it, or stop it first")
        run = BackgroundRun(run_id, self._name(), self._clock, self._listeners)
        self._keep(run)
        await self._in_turn(run_id, asker)
        task = asyncio.create_task(run.record(events), name=f"run {run_id}")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        await run.begun()
        return run

    def find(self, run_id: str) -> BackgroundRun | None:
        """Return a run that is under way here, or ended a short while ago."""
        return self._runs.get(run_id)

    def under_way(self) -> tuple[BackgroundRun, ...]:
        """Return the runs this process works on."""
        return tuple(run for run in self._runs.values() if not run.ended)

    async def close(self) -> None:
        """Cancel every run; each can be resumed."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _in_turn(self, run_id: str, asker: str) -> None:
        """Wait for the turn of a run; forget the run if its turn does not come."""
        if self._wait_for_turn is None:
            return
        came = False
        try:
            with self._waiting.held(asker) if self._waiting and asker else nullcontext():
                await self._wait_for_turn()
            came = True
        finally:
            if not came:
                del self._runs[run_id]

    def _keep(self, run: BackgroundRun) -> None:
        """Keep a run, and forget the oldest ended ones over MOST_ENDED."""
        self._runs.pop(run.run_id, None)
        self._runs[run.run_id] = run
        ended = [run_id for run_id, each in self._runs.items() if each.ended]
        for run_id in ended[: max(len(ended) - MOST_ENDED, 0)]:
            del self._runs[run_id]
