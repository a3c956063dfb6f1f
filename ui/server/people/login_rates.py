"""Let nobody come too often: so many times in a window, by name and by address."""

from __future__ import annotations

import ipaddress
import math
from dataclasses import dataclass

from limits.aio.strategies import MovingWindowRateLimiter

from graph.records import Clock
from tools.call_pipeline.rate_limiter import MemoryWindows, parse_rate

SWEEP_EVERY = 1_024
"""After how many visits those who stayed away are forgotten: addresses must not fill the memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Say whether somebody may come in: the limit, how often more, and in how many seconds that is whole."""

    allowed: bool
    limit: int
    remaining: int
    reset: int
    window: int


class Rates:
    """Count visits by whoever comes, in a moving window, within this process.

    `rate` is written "60/minute"; raises Misconfigured for one that cannot be read.
    """

    def __init__(self, rate: str, *, clock: Clock) -> None:
        self._rate = parse_rate(rate)
        self._clock = clock
        self._moments = MemoryWindows(clock=clock)
        self._limiter = MovingWindowRateLimiter(self._moments)
        self._visits = 0

    async def visit(self, *who: str) -> Visit:
        """Count a visit unless it is one too many for somebody named; tell of whom least remains."""
        self._sweep()
        stands = [await self._limiter.get_window_stats(self._rate, each) for each in who]
        least = min(stands, key=lambda stand: (stand.remaining, -stand.reset_time))
        allowed = least.remaining > 0
        if allowed:
            for each in who:
                await self._limiter.hit(self._rate, each)
        return Visit(
            allowed=allowed,
            limit=self._rate.amount,
            remaining=max(least.remaining - 1, 0) if allowed else 0,
            reset=max(1, math.ceil(least.reset_time - self._clock())),
            window=self._rate.get_expiry(),
        )

    def _sweep(self) -> None:
        self._visits += 1
        if self._visits % SWEEP_EVERY == 0:
            self._moments.forget(self._rate.get_expiry())


def network_of(address: str) -> str:
    """Return what an address is counted as: an IPv6 customer has a whole /64."""
    try:
        parsed_address = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address[:64]
    if parsed_address.version == 4:  # noqa: PLR2004  # the version of IP
        return str(parsed_address)
    if mapped := parsed_address.ipv4_mapped:
        return str(mapped)
    return str(ipaddress.ip_network((parsed_address, 64), strict=False))
