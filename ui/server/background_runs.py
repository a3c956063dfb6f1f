"""Carry runs in this process, whoever watches: a browser that goes away does not end a run."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass

from graph.errors import Refused
from graph.events import Event, Finished, Waiting
from graph.records import Clock
from ui.server.security.concurrency_limit import AtOnce

MOST_ENDED = 64
"""How many runs that ended are remembered, for those who come back late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """Number an event: `id` is unique over restarts, the number behind its dot counts from 1.

    `at` is when it was heard, in seconds since the epoch.
    """

    id: str
    event: Event
    at: float


Enter = Callable[[], Awaitable[None]]
"""Wait until a run may begin."""

Tap = Callable[[str, Heard], None]
"""Hear every event of every run, with the id of the run: for whoever counts, not for whoever shows."""


class Carried:
    """Hold what was heard of a run since this process took it up; any number may follow it."""

    def __init__(self, run_id: str, name: str, clock: Clock, taps: Sequence[Tap] = ()) -> None:
        self.run_id = run_id
        self.ended = False
        self._taps = taps
        self._clock = clock
        self._name = name
        self._heard: list[Heard] = []
        self._error: BaseException | None = None
        self._news = asyncio.Event()

    @property
    def failed(self) -> bool:
        """Tell whether it ended by an error, which `follow` raises."""
        return self._error is not None

    async def follow(self, after: str = "") -> AsyncGenerator[Heard, None]:
        """Yield what was heard after an event, then what comes; end with the run, or raise what it raised.

        An id of another process, or none, stands for the beginning.
        """
        at = self._place(after)
        while True:
            while at < len(self._heard):
                yield self._heard[at]
                at += 1
            if self.ended:
                break
            await self._news.wait()
        if self._error is not None:
            raise self._error

    async def carry(self, events: AsyncIterator[Event]) -> None:
        """Take down every event; what is raised waits for those who follow.

        The last one is heard when the run is let go: whoever answers it at once finds nobody at work on it.
        """
        last: Event | None = None
        try:
            async for event in events:
                if isinstance(event, Finished | Waiting):
                    last = event
                else:
                    self._hear(event)
        except asyncio.CancelledError:
            self._error = Refused(f"run {self.run_id} was put down with the server: it can be resumed")
            raise
        except Exception as error:  # noqa: BLE001 - it belongs to those who follow, not to the loop
            self._error = error
        finally:
            self.ended = True
            self._hear(last)

    async def begun(self) -> None:
        """Wait for the first event; raise what came instead."""
        while not self._heard and not self.ended:
            await self._news.wait()
        if self._error is not None and not self._heard:
            raise self._error

    def _place(self, after: str) -> int:
        name, _, number = after.rpartition(".")
        return min(int(number), len(self._heard)) if name == self._name and number.isdecimal() else 0

    def _hear(self, event: Event | None) -> None:
        """Take an event down, and wake all who follow."""
        if event is not None:
            id_ = f"{self._name}.{len(self._heard) + 1}"
            heard = Heard(id=id_, event=event, at=self._clock())
            self._heard.append(heard)
            for tap in self._taps:
                tap(self.run_id, heard)
        news, self._news = self._news, asyncio.Event()
        news.set()


class LiveRuns:
    """Carry runs as tasks of this process; `name` gives each carrying a name that never repeats.

    `enter` is awaited before a run begins; meanwhile `waiting` counts it for the account that asked.
    """

    def __init__(
        self,
        name: Callable[[], str],
        clock: Clock,
        enter: Enter | None = None,
        waiting: AtOnce | None = None,
    ) -> None:
        self._name, self._clock, self._enter = name, clock, enter
        self._waiting = waiting
        self._carried: dict[str, Carried] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._taps: list[Tap] = []

    def tap(self, tap: Tap) -> None:
        """Let somebody hear every event from now on; it must be quick and raise nothing."""
        self._taps.append(tap)

    async def begin(self, run_id: str, events: AsyncIterator[Event], *, asker: str = "") -> Carried:
        """Carry a run and return when its first event came; raises what came instead.

        Raises Refused when this process carries the run already, TooMany when as many runs of the account
        `asker` wait for their turn as may.
        """
        if (known := self._carried.get(run_id)) and not known.ended:
            raise Refused(f"run {run_id} is under way: follow it, or stop it first")
        carried = Carried(run_id, self._name(), self._clock, self._taps)
        self._remember(carried)
        await self._in_turn(run_id, asker)
        task = asyncio.create_task(carried.carry(events), name=f"run {run_id}")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        await carried.begun()
        return carried

    def carried(self, run_id: str) -> Carried | None:
        """Return a run that is under way here, or ended lately."""
        return self._carried.get(run_id)

    def under_way(self) -> tuple[Carried, ...]:
        """Return the runs this process works on."""
        return tuple(carried for carried in self._carried.values() if not carried.ended)

    async def close(self) -> None:
        """Put every run down, so that it can be resumed."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _in_turn(self, run_id: str, asker: str) -> None:
        """Wait for the turn of a run; if it does not come, nothing has begun, and it may be tried again."""
        if self._enter is None:
            return
        came = False
        try:
            with self._waiting.held(asker) if self._waiting and asker else nullcontext():
                await self._enter()
            came = True
        finally:
            if not came:
                del self._carried[run_id]

    def _remember(self, carried: Carried) -> None:
        """Keep the latest; one that is under way is never forgotten."""
        self._carried.pop(carried.run_id, None)
        self._carried[carried.run_id] = carried
        ended = [run_id for run_id, each in self._carried.items() if each.ended]
        for run_id in ended[: max(len(ended) - MOST_ENDED, 0)]:
            del self._carried[run_id]
