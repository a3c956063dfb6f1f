"""Retry, breaker, bulkhead, rate limit, timeout, execute: the attempts of a call."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from contextvars import ContextVar
from typing import TypeVar

from graph.errors import AttestError, Unavailable, Unusable
from graph.records import Result
from graph.tool import Tool
from tools.call_pipeline.bulkhead import Bulkhead, PermitRequest
from tools.call_pipeline.cancellation import Cancellation
from tools.call_pipeline.circuit_breakers import DOMAIN, CircuitBreakers
from tools.call_pipeline.pending_call import PendingCall, retried
from tools.call_pipeline.rate_limiter import RateLimiter
from tools.call_pipeline.steps.step import AttemptStep

CALLS_PER_DOMAIN = 4
"""How many calls may be in flight to one host."""


def service_of(call: PendingCall) -> str:
    """Return the name of the breaker of a call: its host's, or its tool's."""
    return f"{DOMAIN}{domain}" if (domain := call.domain) else call.spec.name


class PassBreaker:
    """Refuse an attempt while the breaker is open; tell the breaker how the service did."""

    name = "breaker"

    def __init__(self, breakers: CircuitBreakers) -> None:
        self._breakers = breakers

    @asynccontextmanager
    async def __call__(self, call: PendingCall) -> AsyncIterator[None]:
        """Surround an attempt; raise Unavailable while the breaker is open."""
        breakers, name = self._breakers, service_of(call)
        try:
            epoch = await breakers.let_through(name)
        except Unavailable as refused:  # waiting for it helps nobody: another back-end is asked at once
            raise Unavailable(str(refused), retry_after=math.inf) from None
        try:
            yield
        except (Unavailable, TimeoutError) as error:
            wait = error.retry_after if isinstance(error, Unavailable) else None
            breakers.record(name, ok=False, retry_after=wait, epoch=epoch)
            raise
        except AttestError:  # the service answered
            breakers.record(name, ok=True, epoch=epoch)
            raise
        except BaseException:
            breakers.abandon(name, epoch=epoch)
            raise
        breakers.record(name, ok=True, epoch=epoch)


_holder: ContextVar[str] = ContextVar("holder", default="")
"""The run whose permit the code around this holds."""


class EnterBulkhead:
    """Wait until process, run, tool and host have room for one more call in flight.

    A call that a tool makes within its own has the permit of that: with one each, both could wait for ever.
    """

    name = "bulkhead"

    def __init__(self, bulkhead: Bulkhead) -> None:
        self._bulkhead = bulkhead

    @asynccontextmanager
    async def __call__(self, call: PendingCall) -> AsyncIterator[None]:
        """Hold a permit during an attempt."""
        if _holder.get() == call.run.id:
            yield
            return
        request = PermitRequest(
            run=call.run.id,
            priority=call.run.options.priority,
            tool=call.spec.name,
            at_once=call.spec.at_once,
            domain=call.domain,
            domain_at_once=CALLS_PER_DOMAIN,
        )
        async with self._bulkhead.permit(request) as waited:
            call.waited += waited
            held = _holder.set(call.run.id)
            try:
                yield
            finally:
                _holder.reset(held)


class KeepRate:
    """Wait until one more attempt keeps to the rate of the service."""

    name = "rate limit"

    def __init__(self, limiter: RateLimiter) -> None:
        self._limiter = limiter

    @asynccontextmanager
    async def __call__(self, call: PendingCall) -> AsyncIterator[None]:
        """Wait before an attempt."""
        call.waited += await self._limiter.wait(call.spec.name, call.spec.rate)
        yield


class LimitTime:
    """Give an attempt no more time than the tool says."""

    name = "timeout"

    @asynccontextmanager
    async def __call__(self, call: PendingCall) -> AsyncIterator[None]:
        """Interrupt an attempt that takes too long; raise TimeoutError."""
        async with asyncio.timeout(call.spec.timeout):
            yield


class Execute:
    """Run the tool of a call."""

    name = "execute"

    def __init__(self, tools: Mapping[str, Tool], breakers: CircuitBreakers) -> None:
        self._tools = tools
        self._breakers = breakers

    async def __call__(self, call: PendingCall) -> Result:
        """Return the result of the tool; until it is there, the whole price counts as owed."""
        call.attempts += 1
        call.owed = call.price
        try:
            with self._breakers.asking(service_of(call)):
                return await self._tools[call.spec.name].run(call.valid_arguments, call.run, call.announce)
        except AttestError as error:
            call.owed = call.price if getattr(error, "reached", False) else error.cost
            raise


BASE = 0.2
"""The longest first wait, in seconds; each wait may be twice as long as the one before."""
CAP = 10.0
"""The longest wait of our own choice, in seconds."""

T = TypeVar("T")
Chance = Callable[[], float]
"""Returns a number in 0..1."""


class Retry:
    """Make attempts; each goes through the steps of an attempt in their order, and then executes."""

    def __init__(
        self, *steps: AttemptStep, execute: Execute, cancellation: Cancellation, chance: Chance
    ) -> None:
        self._steps = steps
        self._execute = execute
        self._cancellation = cancellation
        self._chance = chance

    async def __call__(self, call: PendingCall) -> Result:
        """Return the result of the first attempt that succeeds; raise what the last one raised."""
        spec = call.spec
        async with self._cancellation.bounded(call.run.id), asyncio.timeout(spec.patience):
            return await retry(
                lambda: self._attempt(call),
                attempts=spec.attempts,
                patience=spec.patience,
                chance=self._chance,
                retry_timeouts=not call.price,
                announce=lambda *wait: call.announce(retried(call, *wait)),
            )

    async def _attempt(self, call: PendingCall) -> Result:
        """Make one attempt; one that a paid service may have billed without an answer is the last."""
        try:
            async with AsyncExitStack() as stack:
                for step in self._steps:
                    call.begin(step.name)
                    await stack.enter_async_context(step(call))
                call.begin(self._execute.name)
                return await self._execute(call)
        except Unavailable as error:
            if not call.owed:
                raise
            raise Unusable(f"{error}; it may have been billed, so it was not asked again") from error


async def retry(
    attempt: Callable[[], Awaitable[T]],
    *,
    attempts: int,
    patience: float,
    chance: Chance,
    retry_timeouts: bool,
    announce: Callable[[int, float, str], None],
) -> T:
    """Make at most so many attempts until one succeeds; raise what the last one raised.

    Only Unavailable is tried again, and TimeoutError with `retry_timeouts`. No attempt begins after
    `patience` seconds; one that has begun is not interrupted. `announce` is told the number of the next
    attempt, from 2, the seconds until then, and why.
    """
    clock = asyncio.get_running_loop().time
    until, made = clock() + patience, 0
    retryable = (Unavailable, TimeoutError) if retry_timeouts else (Unavailable,)
    while True:
        try:
            return await attempt()
        except retryable as error:
            made += 1
            if made >= attempts or (seconds := backoff(made, error, chance)) >= until - clock():
                raise
            announce(made + 1, seconds, str(error) or "no answer in time")
        await asyncio.sleep(seconds)


def backoff(failures: int, error: Exception, chance: Chance) -> float:
    """Return the seconds to wait after so many failures: full jitter, on top of what the service asks for.

    See "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
    """
    asked = error.retry_after if isinstance(error, Unavailable) else None
    return max(0.0, asked or 0.0) + chance() * min(CAP, BASE * 2.0 ** (failures - 1))
