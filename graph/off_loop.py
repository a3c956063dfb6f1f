"""Run work on large texts in a thread, so that the event loop stays free."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

SMALL = 20_000
"""Characters that any reader here processes in a few milliseconds: a thread would cost as much."""


async def run_off_loop(characters: int, work: Callable[[], T]) -> T:
    """Run the work here, or in a thread if it is on many characters."""
    return work() if characters <= SMALL else await asyncio.to_thread(work)
