"""Ask again, with patience: only what may succeed later, never all at once, never longer than it is worth."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import count
from typing import TypeVar

import stamina
from stamina.instrumentation import RetryDetails, get_on_retry_hooks, set_on_retry_hooks
from stamina.typing import RetryHook

from graph.errors import Unavailable

BASE = 0.2
"""The longest first wait, in seconds; each wait may be twice as long as the one before."""
CAP = 10.0
"""The longest wait of our own choice, in seconds."""

T = TypeVar("T")


async def persistently(
    attempt: Callable[[int], Awaitable[T]],
    *,
    attempts: int,
    patience: float,
    chance: Callable[[], float],
    retry_timeouts: bool,
    announce: Callable[[int, float, str], None],
) -> T:
    """Make attempts, numbered from 1, until one succeeds; raises what the last one raised.

    Only Unavailable is tried again, and TimeoutError with `retry_timeouts`. No attempt begins after
    `patience` seconds; one that has begun is not interrupted. `announce` is told the number of the next
    attempt, the seconds until then, and why. `chance` returns a number in 0..1.
    """
    began = asyncio.get_running_loop().time()
    retried = (Unavailable, TimeoutError) if retry_timeouts else (Unavailable,)
    try:
        return await attempt(1)
    except retried as error:
        failed = error
    backoff = Backoff(
        retried=retried,
        attempts=attempts,
        until=began + patience,
        chance=chance,
        announce=announce,
    )
    return await _again(attempt, failed, backoff)


async def _again(attempt: Callable[[int], Awaitable[T]], failed: Exception, backoff: Backoff) -> T:
    """Go on after a first failure; stamina is not needed for the many calls that succeed at once."""
    _keep_quiet()
    numbers = count(1)

    @stamina.retry(on=backoff, attempts=None, timeout=None)
    async def retrying() -> T:
        number = next(numbers)
        if number == 1:
            raise failed
        return await attempt(number)

    return await retrying()


@dataclass(slots=True, kw_only=True)
class Backoff:
    """Choose how long to wait after a failure: full jitter, and at least what the service asks for.

    See "Exponential Backoff And Jitter", AWS Architecture Blog, 2015. `until` is a time of the event loop.
    """

    retried: tuple[type[Exception], ...]
    attempts: int
    until: float
    chance: Callable[[], float]
    announce: Callable[[int, float, str], None]
    failures: int = 0

    def __call__(self, error: Exception) -> float | bool:
        """Return the seconds to wait, or False to give up."""
        self.failures += 1
        if not isinstance(error, self.retried) or self.failures >= self.attempts:
            return False
        seconds = self._seconds(error)
        if seconds >= self.until - asyncio.get_running_loop().time():
            return False
        self.announce(self.failures + 1, seconds, str(error) or "no answer in time")
        return seconds

    def _seconds(self, error: Exception) -> float:
        asked = error.retry_after if isinstance(error, Unavailable) else None
        return max(0.0, asked or 0.0) + self.chance() * min(CAP, BASE * 2.0 ** (self.failures - 1))


@dataclass(frozen=True, slots=True)
class _Elsewhere:
    """Let stamina report the retries of other callers; ours are announced."""

    hook: RetryHook

    def __call__(self, details: RetryDetails) -> AbstractContextManager[None] | None:
        return None if details.name.startswith(f"{__name__}.") else self.hook(details)


def _keep_quiet() -> None:
    hooks = get_on_retry_hooks()
    if not all(isinstance(hook, _Elsewhere) for hook in hooks):
        set_on_retry_hooks([h if isinstance(h, _Elsewhere) else _Elsewhere(h) for h in hooks])
