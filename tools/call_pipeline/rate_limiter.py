"""Keep to the rate of a service: who comes too soon waits for his turn."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from functools import lru_cache
from weakref import WeakValueDictionary

from limits import RateLimitItem, parse_many
from limits.aio.storage import MemoryStorage, Storage
from limits.aio.strategies import MovingWindowRateLimiter

from graph.errors import Misconfigured
from graph.records import Clock

MARGIN = 0.001
"""Seconds added to a wait: a call still counts at the very moment its window ends."""

Sleep = Callable[[float], Awaitable[None]]


class Moments(MemoryStorage):
    """Keep moving windows in memory, by the clock that is passed in.

    The storage of the library reads the machine's clock, and starts a task and a thread at every call.
    """

    def __init__(self, *, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self._moments: dict[str, deque[float]] = {}

    async def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Count a call, if its window has room."""
        _, held = await self.get_moving_window(key, limit, expiry)
        if held + amount > limit:
            return False
        self._moments.setdefault(key, deque()).extend([self._clock()] * amount)
        return True

    async def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:  # noqa: ARG002 — the library's signature
        """Return when the oldest call that counts was made, and how many count."""
        now, moments = self._clock(), self._moments.get(key)
        while moments and not now - expiry <= moments[0] <= now:  # later than now: the clock was set back
            moments.popleft()
        return (moments[0], len(moments)) if moments else (now, 0)

    def forget(self, seconds: float) -> None:
        """Forget whoever did nothing for so long."""
        since = self._clock() - seconds
        self._moments = {key: kept for key, kept in self._moments.items() if kept and kept[-1] > since}


class Pace:
    """Let calls go at the rate of their service, in the order in which they came.

    `storage` is another of the library's, shared by several processes; `sleep` waits for seconds.
    """

    def __init__(self, *, clock: Clock, storage: Storage | None = None, sleep: Sleep = asyncio.sleep) -> None:
        self._clock = clock
        self._sleep = sleep
        self._limiter = MovingWindowRateLimiter(storage or Moments(clock=clock))
        self._lines: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def wait(self, name: str, rate: str) -> float:
        """Wait until one more call of that name keeps to its rate; returns how many seconds that took.

        A rate is written "3/second" or "1/3 second"; an empty one is no limit. Raises Misconfigured.
        """
        if not rate:
            return 0.0
        limit, came = parsed(rate), self._clock()
        line = self._lines.setdefault(name, asyncio.Lock())
        async with line:  # one at a time: whoever waits behind neither wakes up nor asks until it is his turn
            while not await self._limiter.hit(limit, name):
                await self._sleep(await self._until_free(limit, name))
        return max(0.0, self._clock() - came)

    async def _until_free(self, limit: RateLimitItem, name: str) -> float:
        stats = await self._limiter.get_window_stats(limit, name)
        return max(0.0, stats.reset_time - self._clock()) + MARGIN


@lru_cache(maxsize=256)
def parsed(rate: str) -> RateLimitItem:
    """Read a rate; raise Misconfigured unless it is one rate of at least one call."""
    try:
        limits = parse_many(rate)
    except ValueError:
        limits = []
    if len(limits) != 1 or not limits[0].amount:
        raise Misconfigured(f'{rate!r} is no rate: write it as "3/second" or "1/3 second"')
    return limits[0]
