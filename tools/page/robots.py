"""Ask a site's robots.txt whether a page may be fetched (RFC 9309)."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from protego import Protego

from graph.errors import Unavailable, Unusable
from graph.records import Clock
from guards.urls.fetchable import host_of
from tools.net.http_reply import retry_after
from tools.page.connections import Connections, PageResponse, origin
from tools.page.redirects import TooManyRedirects, follow

AGENT = "Attest"
MOST_BYTES = 500 * 1024  # RFC 9309, 2.5: so much must be read, what follows may be left out
_KEPT_SECONDS = 3600.0
_MOST_KEPT = 512
_CLIENT_ERROR = 400
_SERVER_ERROR = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    rules: Protego
    until: float


class Robots:
    """Keep the rules of up to 512 sites, each for at most an hour."""

    def __init__(self, connections: Connections, *, clock: Clock) -> None:
        self._connections = connections
        self._clock = clock
        self._kept: dict[str, _Kept] = {}

    async def permit(self, url: str) -> None:
        """Raise Unusable where a site does not allow an address, Unavailable where it cannot say."""
        site = origin(url)
        kept = self._kept.pop(site, None)
        if kept is None or kept.until <= self._clock():
            kept = _Kept(rules=await self._rules(site), until=self._clock() + _KEPT_SECONDS)
        self._kept[site] = kept
        while len(self._kept) > _MOST_KEPT:
            self._kept.pop(next(iter(self._kept)))
        if not kept.rules.can_fetch(url, AGENT):
            raise Unusable(f"robots.txt of {host_of(url)} does not allow it")

    async def _rules(self, site: str) -> Protego:
        try:
            async with follow(self._connections, f"{site}/robots.txt", _anywhere) as answer:
                written = await self._written(answer)
        except TooManyRedirects:
            written = b""
        return await asyncio.to_thread(Protego.parse, written.decode(errors="replace"))

    async def _written(self, answer: PageResponse) -> bytes:
        """Return the file; nothing where there is none, which allows everything (2.3.1.3)."""
        if answer.status >= _SERVER_ERROR:
            wait = retry_after(answer.headers, self._clock())
            raise Unavailable(f"{answer.host} does not say what its robots.txt allows", retry_after=wait)
        held = bytearray()
        if answer.status < _CLIENT_ERROR:
            async for piece in answer.pieces():
                held += piece
                if len(held) > MOST_BYTES:
                    break
        return bytes(held)


async def _anywhere(_: str) -> None:
    """Permit every address: robots.txt does not rule where itself is found."""
