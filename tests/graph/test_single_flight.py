from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import Unavailable
from graph.single_flight import SingleFlight


class Service:
    """Answer once it is let to, and count how often it was asked, and how often at the same time."""

    def __init__(self, error: Exception | None = None) -> None:
        self.asked = 0
        self.at_once = 0
        self.most_at_once = 0
        self.ready = asyncio.Event()
        self._error = error

    async def answer(self) -> int:
        self.asked += 1
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await self.ready.wait()
        finally:
            self.at_once -= 1
        if self._error:
            raise self._error
        return self.asked


async def turn() -> None:
    """Let every task go on as far as it can."""
    for _ in range(5):
        await asyncio.sleep(0)


@pytest_asyncio.fixture(autouse=True)
async def no_complaint() -> AsyncIterator[None]:
    """Fail a test after which a task is left, or the loop found an error that nobody took note of."""
    said: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: said.append(context))
    before = asyncio.all_tasks()
    yield
    gc.collect()
    assert said == []
    assert asyncio.all_tasks() <= before | {asyncio.current_task()}


async def test_ten_equal_calls_make_one() -> None:
    """Ten callers share one answer, and exactly one of them led; other keys are other calls."""
    flight, service, other = SingleFlight[int](), Service(), Service()
    asking = [asyncio.create_task(flight.join("k", service.answer)) for _ in range(10)]
    apart = asyncio.create_task(flight.join("other", other.answer))
    await turn()
    assert flight.flies("k")
    service.ready.set()
    other.ready.set()
    assert sorted(await asyncio.gather(*asking)) == [(1, False)] * 9 + [(1, True)]
    assert await apart == (1, True)
    assert not flight.flies("k")


async def test_a_call_after_the_landing_is_made_anew() -> None:
    """What has ended is not kept: that is the business of the cache."""
    flight, service = SingleFlight[int](), Service()
    service.ready.set()
    assert [await flight.join("k", service.answer) for _ in range(2)] == [(1, True), (2, True)]


async def test_the_exception_of_the_leader_reaches_all() -> None:
    """Each caller is told that the one call failed, and the next call is made again."""
    flight, service = SingleFlight[int](), Service(Unavailable("busy", retry_after=3.0))
    asking = [asyncio.create_task(flight.join("k", service.answer)) for _ in range(3)]
    await turn()
    service.ready.set()
    errors = await asyncio.gather(*asking, return_exceptions=True)
    assert [(str(e), getattr(e, "retry_after", None)) for e in errors] == [("busy", 3.0)] * 3
    assert service.asked == 1
    with pytest.raises(Unavailable):
        await flight.join("k", service.answer)
    assert service.asked == 2


async def test_a_follower_takes_over_from_a_cancelled_leader() -> None:
    """When the leader's run is stopped, one follower makes the call and the rest wait for it."""
    flight, service = SingleFlight[int](), Service()
    leader, *followers = [asyncio.create_task(flight.join("k", service.answer)) for _ in range(4)]
    await turn()
    leader.cancel()
    await turn()
    assert (leader.cancelled(), service.asked, service.most_at_once) == (True, 2, 1)
    service.ready.set()
    assert await asyncio.gather(*followers) == [(2, True), (2, False), (2, False)]


async def test_a_cancelled_follower_leaves_the_leader_alone() -> None:
    """A follower that goes, even all of them, ends nobody's call but its own."""
    flight, service = SingleFlight[int](), Service()
    leader, *followers = [asyncio.create_task(flight.join("k", service.answer)) for _ in range(3)]
    await turn()
    for follower in followers:
        follower.cancel()
    await turn()
    service.ready.set()
    assert await leader == (1, True)
    assert all(follower.cancelled() for follower in followers)


async def test_a_follower_cancelled_as_it_takes_over_passes_it_on() -> None:
    """When the leader and the first in line are stopped in one turn, the next one makes the call."""
    flight, service = SingleFlight[int](), Service()
    leader, first, second = [asyncio.create_task(flight.join("k", service.answer)) for _ in range(3)]
    await turn()
    leader.cancel()
    await asyncio.sleep(0)
    first.cancel()
    await turn()
    service.ready.set()
    assert await second == (2, True)
    assert first.cancelled()


@given(st.lists(st.tuples(st.sampled_from(["ask", "cancel", "answer"]), st.integers(0, 9)), max_size=30))
async def test_no_order_of_asking_and_leaving_makes_two_calls_at_once(steps: list[tuple[str, int]]) -> None:
    """However callers come and go, one call is under way at a time and everybody who stays is answered."""
    flight, service = SingleFlight[int](), Service()
    asking: list[asyncio.Task[tuple[int, bool]]] = []
    left: set[int] = set()
    for step, number in steps:
        if step == "ask":
            asking.append(asyncio.create_task(flight.join("k", service.answer)))
        elif step == "cancel" and asking and asking[number % len(asking)].cancel():
            left.add(number % len(asking))
        elif step == "answer":
            service.ready.set()
            await asyncio.sleep(0)
            service.ready.clear()
        if number % 3:
            await asyncio.sleep(0)
    service.ready.set()
    answers = await asyncio.gather(*asking, return_exceptions=True)
    assert service.most_at_once <= 1
    for index, answer in enumerate(answers):
        assert index in left or not isinstance(answer, BaseException)
    assert sum(answer[1] for answer in answers if isinstance(answer, tuple)) <= service.asked
    assert not flight.flies("k")
