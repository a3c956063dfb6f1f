"""Who may go now: bounded calls in flight, urgent ones first, fair between runs, and nobody starves."""

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
class Seat:
    """Ask to go: which run, how urgent (1..10, 10 most), and what the call burdens.

    `at_once` bounds the calls in flight of the tool, `domain_at_once` those of the domain, if it names one.
    """

    run: str
    priority: int
    tool: str
    at_once: int
    domain: str = ""
    domain_at_once: int = 2

    @property
    def lane(self) -> Lane:
        """Name what the call has to share with the calls of other runs."""
        return Lane(self.tool, self.at_once, self.domain, self.domain_at_once)


class Lane(NamedTuple):
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
    """Stand in line; `rank` and `number` order the calls of a line, and `number` is unique."""

    rank: float
    number: int
    arrived: float
    seat: Seat
    granted: asyncio.Future[None]


class _Place(NamedTuple):
    """Order the lines of a lane: the lowest rank goes first, among equals the run least recently served."""

    rank: float
    turn: int
    number: int
    line: _Line


@dataclass(slots=True, eq=False, kw_only=True)
class _Line:
    """Hold the waiting calls of one run for one lane, in order; `place` is None while the run is full."""

    run: _Run
    lane: Lane
    waiters: list[_Waiter] = field(default_factory=list)
    place: _Place | None = None

    def placed(self) -> _Place:
        """Say where it stands: a call ages by one step of priority a second.

        The calls of a run age from when one of them last began or ended, so that a backlog that is being
        served does not outrank the first call of another run; a call that is overdue ages in any case.
        """
        first = self.waiters[0]
        since = min(max(first.arrived, self.run.served), first.arrived + OVERDUE)
        return _Place(since - first.seat.priority, self.run.turn, first.number, self)


@dataclass(slots=True, eq=False, kw_only=True)
class _Run:
    """Count the calls of a run; one began or ended last at `served` seconds, the `turn`th to do so."""

    in_flight: int = 0
    served: float = float("-inf")
    turn: int = 0
    lines: dict[Lane, _Line] = field(default_factory=dict)


class Admission:
    """Bound the calls in flight: of the process, of each run, of each tool and of each domain.

    Whoever waits is never kept back by a limit that is not his. Use it in one event loop, and never ask for
    a second seat while holding one: calls that hold what others wait for could wait for each other.
    """

    def __init__(self, *, at_once: int, per_run: int, clock: Clock) -> None:
        self._at_once = at_once
        self._per_run = per_run
        self._clock = clock
        self._in_flight = 0
        self._tools: Counter[str] = Counter()
        self._domains: Counter[str] = Counter()
        self._runs: dict[str, _Run] = {}
        self._lanes: dict[Lane, list[_Place]] = {}
        self._numbers = count(1)

    @asynccontextmanager
    async def admitted(self, seat: Seat) -> AsyncIterator[float]:
        """Hold a seat; yields how many seconds it took to get it."""
        run, lane = self._runs.setdefault(seat.run, _Run()), seat.lane
        if self._in_flight < self._at_once and run.in_flight < self._per_run and self._has_room(lane):
            # Whoever still waits is kept back by a limit that this call does not share: nobody is overtaken.
            self._take(run, lane)
            waited = 0.0
        else:
            waited = await self._granted(seat, run, lane)
        try:
            yield waited
        finally:
            self._leave(seat.run, run, lane)

    def load(self) -> dict[str, Load]:
        """Count what is in flight and what waits, by tool."""
        waiting: Counter[str] = Counter()
        for line in (line for run in self._runs.values() for line in run.lines.values()):
            waiting[line.lane.tool] += len(line.waiters)
        tools = sorted(self._tools.keys() | waiting.keys())
        return {tool: Load(in_flight=self._tools[tool], waiting=waiting[tool]) for tool in tools}

    async def _granted(self, seat: Seat, run: _Run, lane: Lane) -> float:
        arrived = self._clock()
        granted = asyncio.get_running_loop().create_future()
        waiter = _Waiter(arrived - seat.priority, next(self._numbers), arrived, seat, granted)
        line = run.lines.setdefault(lane, _Line(run=run, lane=lane))
        insort(line.waiters, waiter)
        self._replace(line)
        try:
            await granted
        except asyncio.CancelledError:
            if granted.cancelled():
                self._withdraw(line, waiter)
            else:  # the seat was granted in the same turn of the loop: somebody else needs it
                self._leave(seat.run, run, lane)
            raise
        return max(0.0, self._clock() - arrived)

    def _withdraw(self, line: _Line, waiter: _Waiter) -> None:
        at = bisect_left(line.waiters, waiter)
        if line.waiters[at : at + 1] == [waiter]:
            del line.waiters[at]
            self._replace(line)
        self._forget(waiter.seat.run, line.run)

    def _leave(self, name: str, run: _Run, lane: Lane) -> None:
        self._in_flight -= 1
        run.in_flight -= 1
        _less(self._tools, lane.tool)
        if lane.domain:
            _less(self._domains, lane.domain)
        self._stamp(run)
        while self._in_flight < self._at_once and (first := self._next()):
            self._grant(first)
        self._forget(name, run)

    def _forget(self, name: str, run: _Run) -> None:
        if not run.in_flight and not run.lines and self._runs.get(name) is run:
            del self._runs[name]

    def _next(self) -> _Line | None:
        """Return the line to serve: the first of those whose limits are free."""
        first = min((places[0] for lane, places in self._lanes.items() if self._has_room(lane)), default=None)
        return first.line if first else None

    def _grant(self, line: _Line) -> None:
        waiter = line.waiters.pop(0)
        if waiter.granted.done():  # it was cancelled and has not noticed yet
            self._replace(line)
            return
        self._take(line.run, line.lane)
        waiter.granted.set_result(None)

    def _has_room(self, lane: Lane) -> bool:
        return self._tools[lane.tool] < lane.at_once and (
            not lane.domain or self._domains[lane.domain] < lane.domain_at_once
        )

    def _take(self, run: _Run, lane: Lane) -> None:
        self._in_flight += 1
        self._tools[lane.tool] += 1
        if lane.domain:
            self._domains[lane.domain] += 1
        run.in_flight += 1
        self._stamp(run)

    def _stamp(self, run: _Run) -> None:
        run.served, run.turn = self._clock(), next(self._numbers)
        for line in tuple(run.lines.values()):
            self._replace(line)

    def _replace(self, line: _Line) -> None:
        """Put a line where it belongs among the lines of its lane, or nowhere if it may not go."""
        if line.place:
            self._take_out(line.lane, line.place)
            line.place = None
        if not line.waiters:
            line.run.lines.pop(line.lane, None)
        elif line.run.in_flight < self._per_run:
            line.place = line.placed()
            insort(self._lanes.setdefault(line.lane, []), line.place)

    def _take_out(self, lane: Lane, place: _Place) -> None:
        places = self._lanes[lane]
        del places[bisect_left(places, place)]
        if not places:
            del self._lanes[lane]


def _less(counts: Counter[str], name: str) -> None:
    """Count one less, and forget a name that is at nothing: domains come and go."""
    counts[name] -= 1
    if not counts[name]:
        del counts[name]
