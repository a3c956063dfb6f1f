"""Limit how often a name or an address may come in a moving window."""

from __future__ import annotations

import ipaddress
import math
from dataclasses import dataclass

from limits.aio.strategies import MovingWindowRateLimiter

from graph.records import Clock
from tools.call_pipeline.rate_limiter import MemoryWindows, parse_rate

SWEEP_EVERY = 1_024
"""How many counts pass between two sweeps: addresses must not fill the memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RateStatus:
    """Hold whether a request is allowed, the limit, what remains of it, and the seconds until it is whole."""

    allowed: bool
    limit: int
    remaining: int
    reset: int
    window: int


class RequestRates:
    """Count requests by key in a moving window, within this process.

    `rate` is written "60/minute"; raises Misconfigured for one that cannot be read.
    """

    def __init__(self, rate: str, *, clock: Clock) -> None:
        self._rate = parse_rate(rate)
        self._clock = clock
        self._moments = MemoryWindows(clock=clock)
        self._limiter = MovingWindowRateLimiter(self._moments)
        self._counted = 0

    async def count(self, *keys: str) -> RateStatus:
        """Count a request for each key, unless one key has no request left; return the tightest status."""
        self._sweep()
        stands = [await self._limiter.get_window_stats(self._rate, each) for each in keys]
        least = min(stands, key=lambda stand: (stand.remaining, -stand.reset_time))
        allowed = least.remaining > 0
        if allowed:
            for each in keys:
                await self._limiter.hit(self._rate, each)
        return RateStatus(
            allowed=allowed,
            limit=self._rate.amount,
            remaining=max(least.remaining - 1, 0) if allowed else 0,
            reset=max(1, math.ceil(least.reset_time - self._clock())),
            window=self._rate.get_expiry(),
        )

    def _sweep(self) -> None:
        self._counted += 1
        if self._counted % SWEEP_EVERY == 0:
            self._moments.forget(self._rate.get_expiry())


def network_of(address: str) -> str:
    """Return the key of an address: an IPv6 customer has a whole /64."""
    try:
        parsed_address = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address[:64]
    if parsed_address.version == 4:  # noqa: PLR2004  # the version of IP
        return str(parsed_address)
    if mapped := parsed_address.ipv4_mapped:
        return str(mapped)
    return str(ipaddress.ip_network((parsed_address, 64), strict=False))
