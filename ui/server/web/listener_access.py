"""End a stream once its listener has no access any more: a stream outlives its request."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import suppress
from typing import TypeVar

from graph.errors import Refused

T = TypeVar("T")

LOOK_SECONDS = 1.0
"""How often it is looked whether a listener is still welcome: another process may end its login."""


async def while_welcome(
    heard: AsyncIterator[T], is_welcome: Callable[[], Awaitable[bool]]
) -> AsyncGenerator[T, None]:
    """Yield events, and raise Refused within a second after the listener loses access."""
    loop = asyncio.get_running_loop()
    looked, coming = loop.time(), asyncio.ensure_future(anext(heard, None))
    try:
        while True:
            await asyncio.wait({coming}, timeout=LOOK_SECONDS)
            if loop.time() - looked >= LOOK_SECONDS:
                if not await is_welcome():
                    raise Refused("your login is not valid any more: log in again")
                looked = loop.time()
            if coming.done():
                each = coming.result()
                if each is None:
                    return
                yield each
                coming = asyncio.ensure_future(anext(heard, None))
    finally:
        coming.cancel()
        with suppress(asyncio.CancelledError, Exception):
            await coming
