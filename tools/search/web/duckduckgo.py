"""Search the web by DuckDuckGo, without a key."""

from __future__ import annotations

from collections.abc import Iterable

from graph.tool import Group, ToolSpec
from tools.net.endpoint import Address
from tools.search.search_service import HOUR, SearchService
from tools.search.web.blocking_thread import run_in_own_thread
from tools.search.web.query_length import shorten_query, without_operators
from tools.search.web.service_languages import DUCKDUCKGO
from tools.search_results import FoundItem, SearchArguments

_LONGEST = 450  # characters; the service refuses queries of 500 and more
_SECONDS = 10


class DuckDuckGo(SearchService):
    """Find pages of the web: the ten or so of the first page."""

    address = Address(name="DUCKDUCKGO", url="https://html.duckduckgo.com")
    spec = ToolSpec(
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
        ttl=HOUR,
    )

    async def find(self, asked: SearchArguments) -> Iterable[FoundItem]:
        """Return what is shown of pages, best first."""
        query = shorten_query(without_operators(asked.query), characters=_LONGEST)
        region = DUCKDUCKGO.get(asked.language)
        return await run_in_own_thread(lambda: self._items(query, region))

    def _items(self, query: str, region: str | None) -> list[FoundItem]:
        from tools.search.web.duckduckgo_page import ResultPage  # noqa: PLC0415  # heavy, and only needed here

        return ResultPage(self.endpoint, seconds=_SECONDS, now=self.clock()).items(query, region)
