from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.call_pipeline.bulkhead import OVERDUE, Bulkhead, Load, PermitRequest

HOST = 2
LONGEST_OVERTAKING = OVERDUE + 10  # seconds: an overdue call of the lowest priority gains nine steps


def request(run: str = "a", tool: str = "web", **other: int | str) -> PermitRequest:
    values = {"priority": 5, "at_once": 8, "domain_at_once": HOST, **other}
    return PermitRequest(run=run, tool=tool, **values)  # type: ignore[arg-type]  # each of its own type


@dataclass(eq=False, kw_only=True)
class Caller:
    """Play a call: it waits to be admitted, and goes on until it is told to finish."""

    request: PermitRequest
    arrived: float
    waited: float | None = None
    gone: bool = False
    finish: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self, bulkhead: Bulkhead, served: list[Caller]) -> None:
        try:
            async with bulkhead.permit(self.request) as self.waited:
                served.append(self)
                await self.finish.wait()
        finally:
            self.gone = True

    @property
    def goes(self) -> bool:
        return self.waited is not None and not self.gone

    @property
    def waits(self) -> bool:
        return self.waited is None and not self.gone


class House:
    """Hold a bulkhead, its clock, and every call ever made to it."""

    def __init__(self, *, at_once: int = 1, per_run: int = 8) -> None:
        self.now = 1_000.0
        self.at_once, self.per_run = at_once, per_run
        self.bulkhead = Bulkhead(at_once=at_once, per_run=per_run, clock=lambda: self.now)
        self.callers: list[Caller] = []
        self.served: list[Caller] = []
        self.tasks: dict[Caller, asyncio.Task[None]] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        self.cancel(*self.callers)
        await asyncio.gather(*self.tasks.values(), return_exceptions=True)

    async def call(self, wanted: PermitRequest) -> Caller:
        caller = Caller(request=wanted, arrived=self.now)
        self.callers.append(caller)
        self.tasks[caller] = asyncio.create_task(caller.run(self.bulkhead, self.served))
        await settled()
        return caller

    async def finish(self, caller: Caller) -> None:
        caller.finish.set()
        await settled()

    def cancel(self, *callers: Caller) -> None:
        for caller in callers:
            self.tasks[caller].cancel()

    async def order(self) -> list[Caller]:
        """Let one call after another finish, and return in which order the waiting ones were served."""
        before = len(self.served)
        while going := [caller for caller in self.callers if caller.goes]:
            await self.finish(going[0])
        return self.served[before:]

    def has_room(self, wanted: PermitRequest, among: Sequence[PermitRequest]) -> bool:
        return (
            len(among) < self.at_once
            and sum(s.run == wanted.run for s in among) < self.per_run
            and sum(s.tool == wanted.tool for s in among) < wanted.at_once
            and (not wanted.domain or sum(s.domain == wanted.domain for s in among) < HOST)
        )

    def check(self) -> None:
        """Fail if a limit is passed, if a call waits for a free permit, or if the load is wrong."""
        going = [caller.request for caller in self.callers if caller.goes]
        for at, one in enumerate(going):
            assert self.has_room(one, going[:at] + going[at + 1 :])
        assert not [c for c in self.callers if c.waits and self.has_room(c.request, going)]
        tools = Counter(caller.request.tool for caller in self.callers if caller.goes)
        waiting = Counter(caller.request.tool for caller in self.callers if caller.waits)
        both = tools.keys() | waiting.keys()
        assert self.bulkhead.load() == {t: Load(in_flight=tools[t], waiting=waiting[t]) for t in both}


async def settled() -> None:
    for _ in range(4):
        await asyncio.sleep(0)


async def test_a_free_seat_is_taken_at_once() -> None:
    """A call that nobody is in the way of waits for nothing, and leaves nothing behind."""
    bulkhead = Bulkhead(at_once=1, per_run=1, clock=lambda: 0.0)
    for _ in range(3):
        async with bulkhead.permit(request()) as waited:
            assert waited == 0.0
    assert bulkhead.load() == {}


@pytest.mark.parametrize(
    ("crowd", "other"),
    [
        (request("a"), request("b")),
        (request("a", at_once=2), request("a", "papers")),
        (request("a", domain="slow.example"), request("b", domain="fast.example")),
    ],
    ids=["run", "tool", "domain"],
)
async def test_one_crowd_cannot_take_every_seat(crowd: PermitRequest, other: PermitRequest) -> None:
    """What waits for a full run, tool or domain keeps back nobody who needs another one."""
    async with House(at_once=8, per_run=2 if crowd == request("a") else 8) as house:
        crowded = [await house.call(crowd) for _ in range(5)]
        assert [caller.goes for caller in crowded] == [True, True, False, False, False]
        assert (await house.call(other)).goes
        await house.finish(crowded[0])
        assert [caller.goes for caller in crowded] == [False, True, True, False, False]


async def test_one_end_may_let_two_go() -> None:
    """A request that frees its run and its tool serves a waiter for the one and a waiter for the other."""
    async with House(at_once=8, per_run=1) as house:
        first = await house.call(request("a", "web", at_once=1))
        for_run = await house.call(request("a", "papers"))
        for_tool = await house.call(request("b", "web", at_once=1))
        assert (for_run.goes, for_tool.goes) == (False, False)
        await house.finish(first)
        assert (for_run.goes, for_tool.goes) == (True, True)


async def test_the_urgent_go_first() -> None:
    """Among calls of the same second the higher priority is served first, then the earlier arrival."""
    async with House() as house:
        await house.call(request("z"))
        wanted = [("a", 2), ("b", 9), ("c", 9), ("b", 1), ("b", 8)]
        low, high, high_too, own_low, own_high = [await house.call(request(r, priority=p)) for r, p in wanted]
        assert await house.order() == [high, high_too, own_high, low, own_low]


async def test_waiting_makes_urgent() -> None:
    """The least urgent call goes before a most urgent one that comes ten seconds later; the wait is told."""
    async with House() as house:
        holder = await house.call(request("z"))
        patient = await house.call(request("a", priority=1))
        house.now += 9.9
        urgent = await house.call(request("b", priority=10))
        house.now += 0.2
        late = await house.call(request("c", priority=10))
        await house.finish(holder)
        assert [c.goes for c in (patient, urgent, late)] == [True, False, False]
        assert patient.waited == pytest.approx(10.1)
        assert await house.order() == [urgent, late]


async def test_a_hundred_calls_of_one_run_do_not_delay_the_call_of_another() -> None:
    """The single call is next, however long the backlog of the other run has stood there."""
    async with House(at_once=2) as house:
        backlog = [await house.call(request("a", at_once=200)) for _ in range(102)]
        for going in backlog[:20]:
            house.now += 0.5
            await house.finish(going)
        house.now += 0.2
        single = await house.call(request("b", at_once=200))
        house.now += 0.3
        await house.finish(next(c for c in backlog if c.goes))
        assert single.goes


async def test_runs_take_turns() -> None:
    """Runs of equal priority are served alternately, whichever brought its calls first."""
    async with House() as house:
        await house.call(request("z"))
        for run in ("a", "a", "a", "b", "b", "c"):
            await house.call(request(run))
        assert [c.request.run for c in await house.order()] == ["a", "b", "c", "a", "b", "a"]


async def test_an_overdue_call_is_not_passed_by_its_own_run() -> None:
    """A call of low priority is served although urgent ones of its own run and of others keep coming."""
    async with House() as house:
        current = await house.call(request("a", "web"))
        overdue = await house.call(request("a", "papers", priority=1))
        while overdue.waits and house.now < 1_000 + LONGEST_OVERTAKING:
            await house.call(request("a", "web", priority=10))
            house.now += 1.0
            await house.finish(current)
            current = next(c for c in house.callers if c.goes)
        assert overdue.goes


@pytest.mark.parametrize("granted_first", [True, False])
async def test_a_call_cancelled_as_it_is_granted_gives_its_seat_away(*, granted_first: bool) -> None:
    """A grant and a cancellation in one turn of the loop lose no request, in either order."""
    async with House() as house:
        first, second, third = [await house.call(request()) for _ in range(3)]
        first.finish.set()
        if granted_first:
            await asyncio.sleep(0)  # the first call leaves; the second has not run yet
        house.cancel(second)
        await settled()
        assert (second.waited, third.goes) == (None, True)
        house.check()


async def test_a_cancelled_call_forgets_no_newer_one_of_its_run() -> None:
    """A run that ends and comes again before its cancelled call is told of it keeps its limit."""
    async with House(at_once=2, per_run=1) as house:
        first, other = await house.call(request("a")), await house.call(request("b"))
        stopped = await house.call(request("a"))
        first.finish.set()
        again = Caller(request=request("a"), arrived=house.now)
        task = asyncio.create_task(again.run(house.bulkhead, house.served))
        house.cancel(stopped)
        await settled()
        more = await house.call(request("a"))
        await house.finish(other)
        assert (again.goes, more.goes) == (True, False)
        await house.finish(again)
        assert (task.done(), more.goes) == (True, True)


SEATS = st.builds(
    request,
    run=st.sampled_from("abc"),
    tool=st.sampled_from(["web", "papers", "page"]),
    priority=st.integers(1, 10),
    at_once=st.just(2),
    domain=st.sampled_from(["", "", "one.example", "two.example"]),
)
CALLS = st.tuples(st.just("call"), SEATS)
ENDS = st.tuples(st.sampled_from(["finish", "cancel", "finish and cancel"]), st.integers(0, 99))
WAITS = st.tuples(st.just("wait"), st.floats(0, 45))
STEPS = st.lists(st.one_of(CALLS, ENDS, WAITS), min_size=25, max_size=50)


@settings(max_examples=100)
@given(steps=STEPS, at_once=st.integers(1, 4), per_run=st.integers(1, 3))
def test_limits_hold_and_nobody_starves(steps: list[tuple[str, object]], at_once: int, per_run: int) -> None:
    """Whatever comes, ends and is cancelled: no limit is passed, no permit idles, no call waits for ever."""
    asyncio.run(_played(House(at_once=at_once, per_run=per_run), steps))


async def _played(house: House, steps: list[tuple[str, object]]) -> None:
    async with house:
        for step in steps:
            waiting = {c: set(house.served) for c in house.callers if c.waits}
            await _step(house, *step)
            house.check()
            _check_overtaking(house, waiting)
        await house.order()
        assert (all(c.gone for c in house.callers), house.bulkhead.load()) == (True, {})


async def _step(house: House, act: str, what: object) -> None:
    if isinstance(what, PermitRequest):
        await house.call(what)
    elif isinstance(what, float):
        house.now += what
    elif isinstance(what, int):
        here = [caller for caller in house.callers if not caller.gone]
        going = [caller for caller in here if caller.goes]
        if going and "finish" in act:
            going[what % len(going)].finish.set()
            await asyncio.sleep(0) if what % 2 else None
        if here and "cancel" in act:
            house.cancel(here[what % len(here)])
    await settled()


def _check_overtaking(house: House, before: dict[Caller, set[Caller]]) -> None:
    """Fail if a call was served that came long after one which waits for the same seats and might go."""
    going = Counter(caller.request.run for caller in house.callers if caller.goes)
    for waiter, served in before.items():
        if waiter.waits and going[waiter.request.run] < house.per_run:
            others = [c for c in set(house.served) - served if c.request.limits == waiter.request.limits]
            assert all(other.arrived <= waiter.arrived + LONGEST_OVERTAKING for other in others)
