from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import Misconfigured
from tests.tools.call_pipeline.steps.test_retries import Timeless
from tools.call_pipeline.rate_limiter import MARGIN, RateLimiter


class Hours:
    """Be a clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds


def paced(hours: Hours) -> RateLimiter:
    return RateLimiter(clock=hours, sleep=hours.sleep)


async def test_no_rate_is_no_wait() -> None:
    """A tool without a rate goes on at once, however often."""
    hours = Hours()
    assert [await paced(hours).wait("web", "") for _ in range(5)] == [0.0] * 5


async def test_the_fourth_call_of_three_a_second_waits_for_the_first_to_age() -> None:
    """A window moves: its next free moment is a second after its oldest call, not a new second."""
    hours = Hours()
    pace = paced(hours)
    assert await pace.wait("web", "3/second") == 0.0
    hours.now += 0.4
    assert [await pace.wait("web", "3/second") for _ in range(2)] == [0.0, 0.0]
    assert await pace.wait("web", "3/second") == pytest.approx(0.6 + MARGIN)
    assert await pace.wait("web", "3/second") == pytest.approx(0.4)


async def test_a_rate_may_span_several_seconds() -> None:
    """One call in three seconds, as some services ask."""
    hours = Hours()
    pace = paced(hours)
    await pace.wait("papers", "1/3 second")
    assert await pace.wait("papers", "1/3 second") == pytest.approx(3 + MARGIN)


async def test_services_have_windows_of_their_own() -> None:
    """One service at its rate delays no other."""
    hours = Hours()
    pace = paced(hours)
    assert [await pace.wait(name, "1/minute") for name in ("a", "b", "c")] == [0.0, 0.0, 0.0]


def test_those_who_wait_go_in_order_and_sleep_once_each() -> None:
    """Ten calls at once are served as they came, a second apart, and none wakes up in vain."""
    served, slept = list[tuple[int, float]](), list[float]()

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        await asyncio.sleep(seconds)

    async def call(pace: RateLimiter, number: int) -> None:
        waited = await pace.wait("web", "1/second")
        served.append((number, round(waited, 1)))

    async def crowd() -> None:
        pace = RateLimiter(clock=asyncio.get_running_loop().time, sleep=sleep)
        await asyncio.gather(*(call(pace, number) for number in range(10)))

    with asyncio.Runner(loop_factory=Timeless) as runner:
        runner.run(crowd())
    assert served == [(number, float(number)) for number in range(10)]
    assert len(slept) == 9


async def test_a_cancelled_wait_uses_up_nothing() -> None:
    """Whoever gives up in line, at its head or behind, leaves the next call its turn."""
    hours, woken = Hours(), asyncio.Event()

    async def sleep(_: float) -> None:
        await woken.wait()
        hours.now += 2

    pace = RateLimiter(clock=hours, sleep=sleep)
    await pace.wait("web", "1/second")
    head, behind, last = [asyncio.create_task(pace.wait("web", "1/second")) for _ in range(3)]
    await asyncio.sleep(0)
    head.cancel()
    behind.cancel()
    woken.set()
    assert await last == 2.0


async def test_a_clock_that_is_set_back_stops_nobody() -> None:
    """Calls that seem to be made in the future are forgotten."""
    hours = Hours()
    pace = paced(hours)
    await pace.wait("web", "1/second")
    hours.now -= 3600
    assert await pace.wait("web", "1/second") == 0.0


@pytest.mark.parametrize("rate", ["often", "3", "0/second", "1/second;9/minute", "3/fortnight"])
async def test_a_rate_that_cannot_be_read_is_named(rate: str) -> None:
    """A rate is one number of calls in one span of time; anything else is for the operator to mend."""
    with pytest.raises(Misconfigured, match="is no rate"):
        await paced(Hours()).wait("web", rate)


@given(
    amount=st.integers(1, 4),
    span=st.integers(1, 5),
    gaps=st.lists(st.floats(0, 4), min_size=1, max_size=30),
)
def test_no_window_holds_more_than_its_rate(amount: int, span: int, gaps: list[float]) -> None:
    """Whenever calls come, no window is overfull, and none waits longer than it must."""
    asyncio.run(_windows(amount, span, gaps))


async def _windows(amount: int, span: int, gaps: list[float]) -> None:
    hours, went = Hours(), list[float]()
    pace = paced(hours)
    for gap in gaps:
        hours.now += gap
        came = hours.now
        await pace.wait("web", f"{amount}/{span} second")
        earliest = went[-amount] + span if len(went) >= amount else came
        assert earliest - 1e-9 <= hours.now <= max(came, earliest + 2 * MARGIN)
        went.append(hours.now)
