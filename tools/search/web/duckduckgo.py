"""Search the web by DuckDuckGo, without a key."""

from __future__ import annotations

from typing import ClassVar

from pydantic import BaseModel

from graph.events import Announce
from graph.records import Clock, Result, Run
from graph.tool import Group, ToolSpec
from tools.net.endpoint import Address, Endpoint
from tools.net.http_client import Client
from tools.search.web.blocking_thread import detached
from tools.search.web.query_length import plain, shortened
from tools.search.web.service_languages import DUCKDUCKGO
from tools.search_results import Item, SearchArguments, brought, searched

_LONGEST = 450  # characters; the service refuses queries of 500 and more
_SECONDS = 10
_HOUR = 3600.0


class DuckDuckGo:
    """Find pages of the web: the ten or so of the first page."""

    address: ClassVar[Address] = Address(name="DUCKDUCKGO", url="https://html.duckduckgo.com")
    spec: ClassVar[ToolSpec] = ToolSpec(
        name="duckduckgo",
        version="1",
        purpose="search the web without a key",
        arguments=SearchArguments,
        group=Group.WEB,
        deterministic=True,
        latency=1.5,
        timeout=_SECONDS + 2.0,  # the thread below ends first, so that none is left behind
        attempts=2,
        at_once=1,
        rate="1/second",
        ttl=_HOUR,
    )

    def __init__(self, client: Client, endpoint: Endpoint, *, clock: Clock) -> None:  # noqa: ARG002  # the library brings its own client
        self._endpoint = endpoint
        self._clock = clock

    async def run(self, arguments: BaseModel, run: Run, announce: Announce) -> Result:  # noqa: ARG002  # a search needs neither
        """Return what is shown of pages, best first."""
        asked = searched(arguments)
        query = shortened(plain(asked.query), characters=_LONGEST)
        region = DUCKDUCKGO.get(asked.language)
        items = await detached(lambda: self._items(query, region))
        return await brought(asked.query, items[: asked.limit], self._clock())

    def _items(self, query: str, region: str | None) -> list[Item]:
        from tools.search.web.duckduckgo_page import Page  # noqa: PLC0415  # heavy, and only needed here

        return Page(self._endpoint, seconds=_SECONDS, now=self._clock()).items(query, region)
