"""Bulkhead: bound the calls in flight. Urgent calls go first, runs take turns, and no call waits for ever."""

from __future__ import annotations

import asyncio
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import NamedTuple

from graph.records import Clock

OVERDUE = 30.0
"""Seconds after which a waiting call ages even while its run is being served."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PermitRequest:
    """Ask for a permit: for which run, how urgent (1..10, 10 most), and what the call puts load on.

    `at_once` bounds the calls in flight of the tool, `domain_at_once` those to the domain, if there is one.
    """

    run: str
    priority: int
    tool: str
    at_once: int
    domain: str = ""
    domain_at_once: int = 2

    @property
    def limits(self) -> SharedLimits:
        """Return the limits that the call shares with the calls of other runs."""
        return SharedLimits(self.tool, self.at_once, self.domain, self.domain_at_once)


class SharedLimits(NamedTuple):
    """Name what calls share: a tool and a domain, with their limits."""

    tool: str
    at_once: int
    domain: str
    domain_at_once: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """Count the calls of a tool: in flight, and waiting to go."""

    in_flight: int = 0
    waiting: int = 0


class _Waiter(NamedTuple):
    """Hold a call that waits; `rank` and `number` order the calls of a queue, and `number` is unique."""

    rank: float
    number: int
    arrived: float
    request: PermitRequest
    granted: asyncio.Future[None]


class _Position(NamedTuple):
    """Order queues with the same limits: lowest rank first, among equals the run least recently served."""

    rank: float
    turn: int
    number: int
    queue: _Queue


@dataclass(slots=True, eq=False, kw_only=True)
class _Queue:
    """Hold the waiting calls of one run with the same limits; `position` is None while the run is full."""

    run: _Run
    limits: SharedLimits
    waiters: list[_Waiter] = field(default_factory=list)
    position: _Position | None = None

    def position_now(self) -> _Position:
        """Return the position of the queue: a call gains one step of priority a second.

        The calls of a run age from when one of them last began or ended. So a backlog that is being served
        does not outrank the first call of another run. A call that is overdue ages in any case.
        """
        first = self.waiters[0]
        since = min(max(first.arrived, self.run.served), first.arrived + OVERDUE)
        return _Position(since - first.request.priority, self.run.turn, first.number, self)


@dataclass(slots=True, eq=False, kw_only=True)
class _Run:
    """Count the calls of a run; one began or ended last at `served` seconds, the `turn`th to do so."""

    in_flight: int = 0
    served: float = float("-inf")
    turn: int = 0
    queues: dict[SharedLimits, _Queue] = field(default_factory=dict)


class Bulkhead:
    """Bound the calls in flight: of the process, of each run, of each tool and of each domain.

    A call waits only for limits that apply to it. Use it in one event loop. Never ask for a second permit
    while holding one: calls could then wait for each other without end.
    """

    def __init__(self, *, at_once: int, per_run: int, clock: Clock) -> None:
        self._at_once = at_once
        self._per_run = per_run
        self._clock = clock
        self._in_flight = 0
        self._tools: Counter[str] = Counter()
        self._domains: Counter[str] = Counter()
        self._runs: dict[str, _Run] = {}
        self._ready: dict[SharedLimits, list[_Position]] = {}
        self._numbers = count(1)

    @asynccontextmanager
    async def permit(self, request: PermitRequest) -> AsyncIterator[float]:
        """Hold a permit; yield how many seconds the call waited for it."""
        run, limits = self._runs.setdefault(request.run, _Run()), request.limits
        if self._in_flight < self._at_once and run.in_flight < self._per_run and self._has_room(limits):
            # Every call that waits lacks room in a limit that this call does not share: none is overtaken.
            self._take(run, limits)
            waited = 0.0
        else:
            waited = await self._granted(request, run, limits)
        try:
            yield waited
        finally:
            self._leave(request.run, run, limits)

    def load(self) -> dict[str, Load]:
        """Count what is in flight and what waits, by tool."""
        waiting: Counter[str] = Counter()
        for queue in (queue for run in self._runs.values() for queue in run.queues.values()):
            waiting[queue.limits.tool] += len(queue.waiters)
        tools = sorted(self._tools.keys() | waiting.keys())
        return {tool: Load(in_flight=self._tools[tool], waiting=waiting[tool]) for tool in tools}

    async def _granted(self, request: PermitRequest, run: _Run, limits: SharedLimits) -> float:
        arrived = self._clock()
        granted = asyncio.get_running_loop().create_future()
        waiter = _Waiter(arrived - request.priority, next(self._numbers), arrived, request, granted)
        queue = run.queues.setdefault(limits, _Queue(run=run, limits=limits))
        insort(queue.waiters, waiter)
        self._reorder(queue)
        try:
            await granted
        except asyncio.CancelledError:
            if granted.cancelled():
                self._withdraw(queue, waiter)
            else:  # the permit was granted in the same turn of the loop: another call needs it
                self._leave(request.run, run, limits)
            raise
        return max(0.0, self._clock() - arrived)

    def _withdraw(self, queue: _Queue, waiter: _Waiter) -> None:
        at = bisect_left(queue.waiters, waiter)
        if queue.waiters[at : at + 1] == [waiter]:
            del queue.waiters[at]
            self._reorder(queue)
        self._forget(waiter.request.run, queue.run)

    def _leave(self, name: str, run: _Run, limits: SharedLimits) -> None:
        self._in_flight -= 1
        run.in_flight -= 1
        _count_down(self._tools, limits.tool)
        if limits.domain:
            _count_down(self._domains, limits.domain)
        self._stamp(run)
        while self._in_flight < self._at_once and (first := self._next()):
            self._grant(first)
        self._forget(name, run)

    def _forget(self, name: str, run: _Run) -> None:
        if not run.in_flight and not run.queues and self._runs.get(name) is run:
            del self._runs[name]

    def _next(self) -> _Queue | None:
        """Return the queue to serve: the first of those whose limits are free."""
        first = min(
            (positions[0] for limits, positions in self._ready.items() if self._has_room(limits)),
            default=None,
        )
        return first.queue if first else None

    def _grant(self, queue: _Queue) -> None:
        waiter = queue.waiters.pop(0)
        if waiter.granted.done():  # it was cancelled and has not noticed yet
            self._reorder(queue)
            return
        self._take(queue.run, queue.limits)
        waiter.granted.set_result(None)

    def _has_room(self, limits: SharedLimits) -> bool:
        return self._tools[limits.tool] < limits.at_once and (
            not limits.domain or self._domains[limits.domain] < limits.domain_at_once
        )

    def _take(self, run: _Run, limits: SharedLimits) -> None:
        self._in_flight += 1
        self._tools[limits.tool] += 1
        if limits.domain:
            self._domains[limits.domain] += 1
        run.in_flight += 1
        self._stamp(run)

    def _stamp(self, run: _Run) -> None:
        run.served, run.turn = self._clock(), next(self._numbers)
        for queue in tuple(run.queues.values()):
            self._reorder(queue)

    def _reorder(self, queue: _Queue) -> None:
        """Put a queue at its position among those with the same limits, or at none while its run is full."""
        if queue.position:
            self._remove(queue.limits, queue.position)
            queue.position = None
        if not queue.waiters:
            queue.run.queues.pop(queue.limits, None)
        elif queue.run.in_flight < self._per_run:
            queue.position = queue.position_now()
            insort(self._ready.setdefault(queue.limits, []), queue.position)

    def _remove(self, limits: SharedLimits, position: _Position) -> None:
        positions = self._ready[limits]
        del positions[bisect_left(positions, position)]
        if not positions:
            del self._ready[limits]


def _count_down(counts: Counter[str], name: str) -> None:
    """Count one less, and forget a name at zero: domains come and go."""
    counts[name] -= 1
    if not counts[name]:
        del counts[name]
