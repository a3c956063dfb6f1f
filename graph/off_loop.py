"""Work on large texts beside the event loop, so that everybody else goes on meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

SMALL = 20_000
"""Characters that any reader here is through in some milliseconds: a thread would cost as much."""


async def run_off_loop(characters: int, work: Callable[[], T]) -> T:
    """Do a work on so many characters here, or in a thread where they are many."""
    return work() if characters <= SMALL else await asyncio.to_thread(work)
