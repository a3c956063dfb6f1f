"""Rate limiter: a call that comes too soon for its service waits."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from functools import lru_cache
from weakref import WeakValueDictionary

from limits import RateLimitItem, parse_many
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter

from graph.errors import Misconfigured
from graph.records import Clock

MARGIN = 0.001
"""Seconds added to a wait: a call still counts at the moment its window ends."""

Sleep = Callable[[float], Awaitable[None]]


class MemoryWindows(MemoryStorage):
    """Keep moving windows in memory, by a clock that is passed in.

    The storage of the library reads the machine's clock, and starts a task and a thread for every call.
    """

    def __init__(self, *, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self._moments: dict[str, deque[float]] = {}

    async def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Count a call if its window has room; tell whether it had."""
        _, held = await self.get_moving_window(key, limit, expiry)
        if held + amount > limit:
            return False
        self._moments.setdefault(key, deque()).extend([self._clock()] * amount)
        return True

    async def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:  # noqa: ARG002 — the library's signature
        """Return the time of the oldest call in the window, and how many calls are in it."""
        now, moments = self._clock(), self._moments.get(key)
        while moments and not now - expiry <= moments[0] <= now:  # later than now: the clock was set back
            moments.popleft()
        return (moments[0], len(moments)) if moments else (now, 0)

    def forget(self, seconds: float) -> None:
        """Forget the keys without a call for so long."""
        since = self._clock() - seconds
        self._moments = {key: kept for key, kept in self._moments.items() if kept and kept[-1] > since}


class RateLimiter:
    """Let calls go at the rate of their service, first come first served.

    `sleep` waits for seconds.
    """

    def __init__(self, *, clock: Clock, sleep: Sleep = asyncio.sleep) -> None:
        self._clock = clock
        self._sleep = sleep
        self._limiter = MovingWindowRateLimiter(MemoryWindows(clock=clock))
        self._lines: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def wait(self, name: str, rate: str) -> float:
        """Wait until one more call of that name keeps to its rate; return how many seconds that took.

        A rate is written "3/second" or "1/3 second"; an empty one is no limit. Raises Misconfigured for any
        other.
        """
        if not rate:
            return 0.0
        limit, came = parse_rate(rate), self._clock()
        line = self._lines.setdefault(name, asyncio.Lock())
        async with line:  # one at a time: calls behind the first neither wake up nor ask the limiter
            while not await self._limiter.hit(limit, name):
                await self._sleep(await self._until_free(limit, name))
        return max(0.0, self._clock() - came)

    async def _until_free(self, limit: RateLimitItem, name: str) -> float:
        stats = await self._limiter.get_window_stats(limit, name)
        return max(0.0, stats.reset_time - self._clock()) + MARGIN


@lru_cache(maxsize=256)
def parse_rate(rate: str) -> RateLimitItem:
    """Read a rate; raise Misconfigured unless it is one rate of at least one call."""
    try:
        limits = parse_many(rate)
    except ValueError:
        limits = []
    if len(limits) != 1 or not limits[0].amount:
        raise Misconfigured(f'{rate!r} is no rate: write it as "3/second" or "1/3 second"')
    return limits[0]
