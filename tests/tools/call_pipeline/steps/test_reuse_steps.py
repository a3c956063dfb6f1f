"""The steps that use the result of an equal call."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace

import pytest

from graph.records import Call, Outcome
from graph.single_flight import SingleFlight
from tests.tools.call_pipeline.steps.stepping import CACHEABLE, RUN, SPEC, Books, Rest, pending, settlement
from tools.call_pipeline.cancellation import Cancellation
from tools.call_pipeline.pending_call import PendingCall
from tools.call_pipeline.steps.reuse_steps import CacheHit, JoinEqualCalls, JournalHit


async def test_a_call_in_the_journal_is_replayed() -> None:
    """The run gets the call as it ended before; no later step is reached, and nothing is written down."""
    books, rest, call = Books(), Rest(), pending()
    books.journal[call.key] = before = call.ended(Outcome.DONE, 1.5)
    assert await JournalHit(books)(call, rest) is before
    assert (rest.proceeded, books.entries) == ([], [])


async def test_a_new_call_proceeds() -> None:
    """A call that the run did not make before goes on."""
    rest = Rest()
    await JournalHit(Books())(pending(), rest)
    assert len(rest.proceeded) == 1


OTHER = replace(RUN, id="r2")


@dataclass
class Slow:
    """End calls once it may go on; note which were made."""

    outcomes: list[Outcome] = field(default_factory=lambda: [Outcome.DONE])
    made: list[str] = field(default_factory=list)
    began: asyncio.Event = field(default_factory=asyncio.Event)
    go_on: asyncio.Event = field(default_factory=asyncio.Event)

    async def __call__(self, call: PendingCall) -> Call:
        self.made.append(call.run.id)
        self.began.set()
        await self.go_on.wait()
        call.owed = 10
        return call.ended(self.outcomes[min(len(self.made), len(self.outcomes)) - 1], 2.0)


class Place:
    """Hold the step, with what it works on."""

    def __init__(self) -> None:
        self.books = Books()
        self.cancellation = Cancellation()
        self.step = JoinEqualCalls(SingleFlight(), self.cancellation, settlement(self.books), lambda: 3.0)

    async def together(self, first: PendingCall, second: PendingCall, slow: Slow) -> list[Call]:
        """Take two calls through the step, the second while the first is under way."""
        leading = asyncio.ensure_future(self.step(first, slow))
        await slow.began.wait()
        following = asyncio.ensure_future(self.step(second, slow))
        await asyncio.sleep(0)
        slow.go_on.set()
        return [await leading, await following]


async def test_two_equal_calls_of_a_run_are_made_once() -> None:
    """The second is a replay of the first: it costs nothing, and the books know the first alone."""
    place, slow = Place(), Slow()
    led, shared = await place.together(pending(), pending(id="t2"), slow)
    assert (slow.made, led.cost) == (["r1"], 10)
    assert (shared.task, shared.cost, shared.replayed, shared.cached) == ("t2", 0, True, False)
    assert place.books.entries == []


@pytest.mark.parametrize(("spec", "made"), [(SPEC, ["r1", "r2"]), (CACHEABLE, ["r1"])])
async def test_runs_share_a_call_only_if_its_result_may_be_cached(spec: object, made: list[str]) -> None:
    """A shared call is written down for the run that did not make it."""
    place, slow = Place(), Slow()
    chosen = CACHEABLE if spec is CACHEABLE else SPEC
    _, second = await place.together(pending(chosen), pending(chosen, run=OTHER), slow)
    assert slow.made == made
    assert second.cached == (len(made) == 1)
    assert len(place.books.entries) == 2 - len(made)


async def test_the_stopped_call_of_another_run_is_not_shared() -> None:
    """The run that waited makes the call itself."""
    place, slow = Place(), Slow(outcomes=[Outcome.STOPPED, Outcome.DONE])
    first, second = await place.together(pending(CACHEABLE), pending(CACHEABLE, run=OTHER), slow)
    assert (first.outcome, second.outcome, slow.made) == (Outcome.STOPPED, Outcome.DONE, ["r1", "r2"])


async def test_a_run_that_is_stopped_waits_no_longer_for_the_call_of_another() -> None:
    """Its call ends as stopped, with the reason, while the other run's call goes on."""
    place, slow = Place(), Slow()
    place.cancellation.begin(OTHER.id)
    leading = asyncio.ensure_future(place.step(pending(CACHEABLE), slow))
    await slow.began.wait()
    following = asyncio.ensure_future(place.step(pending(CACHEABLE, run=OTHER), slow))
    await asyncio.sleep(0)
    place.cancellation.stop(OTHER.id, "a person stopped it")
    stopped = await following
    slow.go_on.set()
    assert (stopped.outcome, stopped.detail) == (Outcome.STOPPED, "a person stopped it")
    assert (await leading).outcome is Outcome.DONE
    assert place.books.entries == [("", Outcome.STOPPED)]


async def test_the_cache_serves_a_call_at_no_cost() -> None:
    """The call is written down as done, with the cost and the attempts of this run: none."""
    books, rest, call = Books(), Rest(), pending(CACHEABLE)
    earlier = pending(CACHEABLE, id="t9")
    earlier.attempts, earlier.owed = 2, 30
    books.cached[call.key] = earlier.ended(Outcome.DONE, 0.5)
    ended = await CacheHit(books, settlement(books), lambda: 2.0)(call, rest)
    assert (ended.task, ended.cost, ended.attempts, ended.started, ended.ended) == ("t1", 0, 0, 1.0, 2.0)
    assert (rest.proceeded, books.entries) == ([], [(call.key, Outcome.DONE)])


async def test_a_tool_that_is_not_deterministic_is_never_served_from_the_cache() -> None:
    """What lies in the cache under its key does not count."""
    books, rest, call = Books(), Rest(), pending(SPEC)
    books.cached[call.key] = call.ended(Outcome.DONE, 0.5)
    await CacheHit(books, settlement(books), lambda: 2.0)(call, rest)
    assert rest.proceeded == [call]
