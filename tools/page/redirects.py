"""Follow redirects one by one: each address is judged like the first."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from graph.errors import Unusable
from tools.page.connections import Connections, PageResponse

MOST_REDIRECTS = 5

Permit = Callable[[str], Awaitable[None]]
"""Raise unless an address may be asked for."""


@asynccontextmanager
async def follow(connections: Connections, url: str, permit: Permit) -> AsyncIterator[PageResponse]:
    """Open the reply at the end of at most five redirects; raises Refused, Unavailable or Unusable."""
    at = url.partition("#")[0]
    for _ in range(MOST_REDIRECTS + 1):
        connections.judge(at)
        await permit(at)
        async with connections.ask(at) as answer:
            target = answer.moved
            if target is None:
                yield answer
                return
        at = target
    raise TooManyRedirects(f"{answer.host} redirects more than {MOST_REDIRECTS} times")


class TooManyRedirects(Unusable):
    """Say that redirects do not end."""
