from __future__ import annotations

import asyncio

import pytest

from graph.errors import Exhausted
from tools.call_pipeline.cancellation import Cancellation


async def hold(cancellation: Cancellation, run: str, begun: asyncio.Event) -> None:
    async with cancellation.bounded(run):
        begun.set()
        await asyncio.Event().wait()


async def test_stopping_a_run_interrupts_what_it_does_and_lets_nothing_begin() -> None:
    """Both ends carry the first reason that was given."""
    cancellation, begun = Cancellation(), asyncio.Event()
    cancellation.begin("r1")
    held = asyncio.ensure_future(hold(cancellation, "r1", begun))
    await begun.wait()
    cancellation.stop("r1", "a person stopped it")
    cancellation.stop("r1", "another reason")
    with pytest.raises(Exhausted, match="a person stopped it"):
        await held
    with pytest.raises(Exhausted, match="a person stopped it"):
        await hold(cancellation, "r1", begun)


async def test_another_run_goes_on_and_a_stopped_one_may_begin_again() -> None:
    """Stopping is for one run, and for one time that it is under way."""
    cancellation = Cancellation()
    cancellation.begin("r1")
    cancellation.stop("r1", "a person stopped it")
    async with cancellation.bounded("r2"):
        pass
    cancellation.begin("r1")
    async with cancellation.bounded("r1"):
        pass


async def test_a_run_ends_at_its_deadline() -> None:
    """The reason names the seconds that the run had."""
    cancellation = Cancellation()
    cancellation.begin("r1", 0.01)
    with pytest.raises(Exhausted, match=r"its deadline of 0\.01 s passed"):
        await hold(cancellation, "r1", asyncio.Event())
    cancellation.end("r1")


async def test_a_run_that_is_not_under_way_is_not_stopped() -> None:
    """Nothing is remembered of a stop that came before the run began."""
    cancellation = Cancellation()
    cancellation.stop("r1", "too early")
    cancellation.begin("r1")
    async with cancellation.bounded("r1"):
        pass


async def test_a_timeout_of_the_work_itself_is_no_stop() -> None:
    """What times out inside is told from what was stopped."""
    cancellation = Cancellation()
    cancellation.begin("r1")
    with pytest.raises(TimeoutError):
        async with cancellation.bounded("r1"):
            raise TimeoutError
