"""Search the web by Tavily: the passages of each page that fit the question."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import BaseModel

from graph.tool import Group, ToolSpec
from tools.net.endpoint import Address
from tools.net.http_client import Request
from tools.net.http_reply import Fault
from tools.search.search_service import HOUR, SearchService
from tools.search.web.query_length import shorten_query
from tools.search_results import FoundItem, SearchArguments

_MOST = 20  # results in one reply
_LONGEST = 400  # characters of a query
_FAULTS = (
    Fault(
        status=432,
        mend="has no credit left under this plan (432): raise the plan, or wait for its next month",
    ),
    Fault(status=433, mend="has reached the limit set on pay-as-you-go (433): raise it in the account"),
)


class _Hit(BaseModel):
    title: str | None = None
    url: str | None = None
    content: str | None = None
    published_date: str | None = None


class _Reply(BaseModel):
    results: list[_Hit]


class Tavily(SearchService):
    """Find pages of the web; a basic search costs one credit, 8,000 micro-dollars without a monthly plan."""

    address = Address(name="TAVILY", url="https://api.tavily.com", key="required")
    spec = ToolSpec(
        name="tavily",
        version="1",
        purpose="search the web, with the passages of each page that fit",
        arguments=SearchArguments,
        group=Group.WEB,
        deterministic=True,
        price=8000,
        latency=1.5,
        timeout=15.0,
        at_once=4,
        rate="100/minute",
        ttl=HOUR,
    )

    async def find(self, asked: SearchArguments) -> Iterable[FoundItem]:
        """Return the fitting passages of pages, best first."""
        reply = await self.client.read(self.endpoint, self._request(asked), _Reply)
        return map(_item, reply.results)

    def _request(self, asked: SearchArguments) -> Request:
        return Request(
            path="/search",
            headers={"authorization": f"Bearer {self.endpoint.secret()}"},
            json={
                "query": shorten_query(asked.query, characters=_LONGEST),
                "max_results": min(asked.limit, _MOST),
                "search_depth": "basic",
            },
            faults=_FAULTS,
        )


def _item(hit: _Hit) -> FoundItem:
    return FoundItem(
        title=hit.title or "", url=hit.url or "", text=hit.content or "", published=hit.published_date
    )
