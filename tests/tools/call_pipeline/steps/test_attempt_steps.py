"""The attempts of a call."""

from __future__ import annotations

import asyncio
import contextvars
import math
from dataclasses import replace

import pytest
from pydantic import BaseModel

from evals.bench.outage import NoCircuitStore
from graph.errors import AttestError, Unavailable, Unusable
from graph.events import Announce
from graph.records import Result, Run
from tests.fakes.tools import Query
from tests.tools.call_pipeline.steps.stepping import SPEC, pending
from tools.call_pipeline.bulkhead import Bulkhead
from tools.call_pipeline.circuit_breakers import CircuitBreakers
from tools.call_pipeline.pending_call import PendingCall
from tools.call_pipeline.rate_limiter import RateLimiter
from tools.call_pipeline.steps.attempt_steps import (
    EnterBulkhead,
    Execute,
    KeepRate,
    LimitTime,
    PassBreaker,
    service_of,
)

HOST = replace(SPEC, domain=lambda _: "slow.example")


def breakers() -> CircuitBreakers:
    return CircuitBreakers(NoCircuitStore(), lambda: 10.0, lambda: 0.0)


async def fail(step: PassBreaker, error: BaseException) -> None:
    async with step(pending()):
        raise error


@pytest.mark.parametrize(
    ("error", "opens"), [(Unavailable("down"), True), (TimeoutError(), True), (Unusable("empty"), False)]
)
async def test_the_breaker_learns_how_the_service_did(error: Exception, opens: bool) -> None:  # noqa: FBT001
    """Silence and overload open it; an answer that cannot be used is an answer."""
    step = PassBreaker(breakers())
    for _ in range(9):
        with pytest.raises((type(error), Unavailable)):
            await fail(step, error)
    if opens:
        with pytest.raises(Unavailable, match="breaker open") as refused:
            await fail(step, AssertionError("the breaker let it through"))
        assert refused.value.retry_after == math.inf
    else:
        async with step(pending()):
            pass


async def test_an_attempt_that_is_cancelled_says_nothing_of_the_service() -> None:
    """Nine attempts of a run that was stopped leave the breaker closed."""
    step = PassBreaker(breakers())
    for _ in range(9):
        with pytest.raises(asyncio.CancelledError):
            await fail(step, asyncio.CancelledError())
    async with step(pending()):
        pass


def test_a_call_that_names_a_host_has_the_breaker_of_the_host() -> None:
    """A page tool is not broken because one of its hosts is."""
    assert (service_of(pending()), service_of(pending(HOST))) == ("pages", "domain:slow.example")


async def test_an_attempt_waits_for_a_permit_and_the_wait_is_counted() -> None:
    """The second of two calls of a tool that takes one at a time waits until the first is through."""
    now = 0.0
    bulkhead, spec = Bulkhead(at_once=9, per_run=9, clock=lambda: now), replace(SPEC, at_once=1)
    step, waiting = EnterBulkhead(bulkhead), pending(spec)

    async def wait() -> None:
        async with step(waiting):
            pass

    async with step(pending(spec)):
        second = asyncio.create_task(wait(), context=contextvars.Context())  # no call within the first
        await asyncio.sleep(0)
        assert (bulkhead.load()["pages"].in_flight, bulkhead.load()["pages"].waiting) == (1, 1)
        now = 4.0
    await second
    assert (waiting.waited, bulkhead.load()) == (4.0, {})


async def test_calls_to_one_host_share_its_limit() -> None:
    """Four calls are in flight to a host, however many its tool may make."""
    bulkhead = Bulkhead(at_once=99, per_run=99, clock=lambda: 0.0)
    step, leave = EnterBulkhead(bulkhead), asyncio.Event()

    async def stay() -> None:
        async with step(pending(HOST)):
            await leave.wait()

    calls = [asyncio.ensure_future(stay()) for _ in range(6)]
    await asyncio.sleep(0)
    assert (bulkhead.load()["pages"].in_flight, bulkhead.load()["pages"].waiting) == (4, 2)
    leave.set()
    await asyncio.gather(*calls)


async def test_an_attempt_keeps_to_the_rate_and_the_wait_is_counted() -> None:
    """The second call within a second waits for the rest of it."""
    now = 0.0

    async def sleep(seconds: float) -> None:
        nonlocal now
        now += seconds

    step = KeepRate(RateLimiter(clock=lambda: now, sleep=sleep))
    first, second = (pending(replace(SPEC, rate="1/second")) for _ in range(2))
    for call in (first, second):
        async with step(call):
            pass
    assert first.waited == 0.0
    assert second.waited == pytest.approx(1.0, abs=0.01)


async def test_an_attempt_that_takes_too_long_is_interrupted() -> None:
    """The tool says how long an attempt may take."""
    with pytest.raises(TimeoutError):
        async with LimitTime()(pending(replace(SPEC, timeout=0.01))):
            await asyncio.Event().wait()


class Pages:
    """Note what it was asked; answer, or raise."""

    def __init__(self, error: AttestError | None = None) -> None:
        self.spec = SPEC
        self.asked: list[BaseModel] = []
        self._error = error

    async def run(self, arguments: BaseModel, run: Run, announce: Announce) -> Result:
        self.asked.append(arguments)
        if self._error:
            raise self._error
        return Result(detail="fine")


def execute(tool: Pages) -> Execute:
    return Execute({"pages": tool}, CircuitBreakers(NoCircuitStore(), lambda: 0.0, lambda: 0.0))


async def test_the_tool_gets_its_valid_arguments() -> None:
    """An attempt is counted, and the price is owed until the result says what it cost."""
    tool, call = Pages(), pending()
    assert (await execute(tool)(call)).detail == "fine"
    assert (tool.asked, call.attempts, call.owed) == ([Query(query="x")], 1, 30)


def billed(error: AttestError, cost: int) -> AttestError:
    error.cost = cost
    return error


@pytest.mark.parametrize(
    ("error", "owed"),
    [
        (Unusable("empty"), 0),
        (billed(Unusable("empty"), 7), 7),
        (Unavailable("busy"), 0),
        (Unavailable("the line broke", reached=True), 30),
    ],
)
async def test_an_error_says_what_is_owed(error: AttestError, owed: int) -> None:
    """An error costs what it says; where the service may have billed, the whole price counts."""
    call = pending()
    with pytest.raises(type(error)):
        await execute(Pages(error))(call)
    assert (call.attempts, call.owed) == (1, owed)


async def test_a_call_within_a_call_of_its_run_has_that_ones_permit() -> None:
    """With one permit in all, a tool can call another; a call of another run waits until both ended."""
    step = EnterBulkhead(Bulkhead(at_once=1, per_run=1, clock=lambda: 0.0))
    inner, other = pending(), pending()
    other.run = replace(other.run, id="another run")
    order: list[str] = []

    async def enter(call: PendingCall, name: str) -> None:
        async with step(call):
            order.append(name)

    async with step(pending()):
        waiting = asyncio.create_task(enter(other, "other"), context=contextvars.Context())
        await asyncio.sleep(0)
        await enter(inner, "inner")
        await asyncio.sleep(0)
        assert order == ["inner"]
    await waiting
    assert order == ["inner", "other"]
    async with asyncio.timeout(1), step(pending()):
        pass
