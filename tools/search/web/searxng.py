"""Search the web by an instance of SearXNG, which asks many engines at once."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import BaseModel, Field

from graph.errors import Unavailable
from graph.tool import Group, ToolSpec
from tools.net.endpoint import Address
from tools.net.http_client import Request
from tools.net.http_reply import Fault, host_and_port
from tools.search.search_service import HOUR, SearchService
from tools.search.web.query_length import without_operators
from tools.search_results import FoundItem, SearchArguments

_MOST_PAGES = 5
_FAULTS = (
    Fault(
        status=403,
        mend="does not answer in JSON (403): add json to search.formats in the settings.yml of the instance",
    ),
)


class _Hit(BaseModel):
    title: str | None = None
    url: str | None = None
    content: str | None = None
    published: str | None = Field(default=None, alias="publishedDate")


class _Reply(BaseModel):
    results: list[_Hit]
    silent: list[object] = Field(default_factory=list, alias="unresponsive_engines")


class SearXNG(SearchService):
    """Find pages of the web through an instance the operator names."""

    address = Address(name="SEARXNG")
    spec = ToolSpec(
        name="searxng",
        version="1",
        purpose="search the web by many engines at once",
        arguments=SearchArguments,
        group=Group.WEB,
        deterministic=True,
        latency=1.5,
        timeout=20.0,
        at_once=4,
        rate="5/second",
        ttl=HOUR,
    )

    async def find(self, asked: SearchArguments) -> Iterable[FoundItem]:
        """Return what is shown of pages, best first."""
        hits = await self._gather(asked)
        return map(_item, hits)

    async def _gather(self, asked: SearchArguments) -> list[_Hit]:
        """Return the hits of as many pages as are needed; keep what came before a page that failed."""
        hits: dict[str, _Hit] = {}
        for page in range(1, _MOST_PAGES + 1):
            known = len(hits)
            try:
                found_here = await self._page(asked, page)
            except Unavailable:
                if hits:
                    break
                raise
            for hit in found_here:
                if hit.url:
                    hits.setdefault(hit.url, hit)
            if len(hits) == known or len(hits) >= asked.limit:
                break
        return list(hits.values())

    async def _page(self, asked: SearchArguments, page: int) -> list[_Hit]:
        params: dict[str, str | int] = {"q": without_operators(asked.query), "format": "json", "pageno": page}
        if asked.language:
            params["language"] = asked.language
        request = Request(path="/search", params=params, faults=_FAULTS)
        reply = await self.client.read(self.endpoint, request, _Reply)
        if reply.silent and not reply.results:
            raise Unavailable(f"none of the engines behind {host_and_port(self.endpoint)} answered")
        return reply.results


def _item(hit: _Hit) -> FoundItem:
    return FoundItem(
        title=hit.title or "", url=hit.url or "", text=hit.content or "", published=hit.published
    )
