"""Retry: make attempts until one succeeds, its tool's patience ends or the run must end."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from typing import TypeVar

from graph.errors import Unavailable, Unusable
from graph.records import Result
from tools.call_pipeline.call_events import retried
from tools.call_pipeline.cancellation import Cancellation
from tools.call_pipeline.pending_call import PendingCall
from tools.call_pipeline.steps.execute import Execute
from tools.call_pipeline.steps.step import AttemptStep

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
