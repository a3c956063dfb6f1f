"""Start runs one after the other while this process is busy, so that running ones stay quick."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

Probe = Callable[[], Awaitable[object]]
"""Ask the database something small."""

LOOK_SECONDS = 0.02
BUSY_SECONDS = 0.015
MOST_LOOKS = 10
"""How many times the first in line measures before it starts anyway: after 0.2 s plus the delays."""


class StartThrottle:
    """Delay new runs while the event loop or the database is late.

    `clock` counts seconds and never goes backwards. Runs that wait for a service or a model make neither
    late, so they delay nobody.
    """

    def __init__(self, clock: Callable[[], float], probe: Probe) -> None:
        self._clock, self._probe = clock, probe
        self._line = asyncio.Lock()

    async def wait(self) -> None:
        """Wait for a turn, first come first served."""
        async with self._line:
            for _ in range(MOST_LOOKS):
                if await self._delay() < BUSY_SECONDS:
                    break

    async def _delay(self) -> float:
        """Return by how many seconds a short sleep and a small query were late."""
        before = self._clock()
        await asyncio.sleep(LOOK_SECONDS)
        await self._probe()
        return self._clock() - before - LOOK_SECONDS
