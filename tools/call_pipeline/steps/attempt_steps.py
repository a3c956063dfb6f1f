"""Breaker, bulkhead, rate limit and timeout: what surrounds each attempt of a call."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from graph.errors import AttestError, Unavailable
from tools.call_pipeline.bulkhead import Bulkhead, PermitRequest
from tools.call_pipeline.circuit_breakers import DOMAIN, CircuitBreakers
from tools.call_pipeline.pending_call import PendingCall
from tools.call_pipeline.rate_limiter import RateLimiter

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


class EnterBulkhead:
    """Wait until process, run, tool and host have room for one more call in flight."""

    name = "bulkhead"

    def __init__(self, bulkhead: Bulkhead) -> None:
        self._bulkhead = bulkhead

    @asynccontextmanager
    async def __call__(self, call: PendingCall) -> AsyncIterator[None]:
        """Hold a permit during an attempt."""
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
            yield


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
