"""Let runs begin one after the other while this process is busy: what is under way stays quick."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

Probe = Callable[[], Awaitable[object]]
"""Ask the database something small."""

LOOK_SECONDS = 0.02
BUSY_SECONDS = 0.015
MOST_LOOKS = 10
"""How often whoever is first looks before they go in anyway: a fifth of a second, and what it is late."""


class Turnstile:
    """Hold back who comes while the loop or the database is late; `clock` counts seconds, never backwards.

    Runs that wait for a service or a model make neither late, and hold nobody back.
    """

    def __init__(self, clock: Callable[[], float], probe: Probe) -> None:
        self._clock, self._probe = clock, probe
        self._line = asyncio.Lock()

    async def enter(self) -> None:
        """Return when it is one's turn, in the order of coming."""
        async with self._line:
            for _ in range(MOST_LOOKS):
                if await self._late() < BUSY_SECONDS:
                    break

    async def _late(self) -> float:
        """Return by how many seconds a short sleep and a short question took too long."""
        before = self._clock()
        await asyncio.sleep(LOOK_SECONDS)
        await self._probe()
        return self._clock() - before - LOOK_SECONDS
