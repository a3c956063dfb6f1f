"""Search the web by Tavily: the passages of each page that fit the question."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from pydantic import BaseModel

from graph.events import Announce
from graph.records import Clock, Result, Run
from graph.tool import Group, ToolSpec
from tools.net.endpoint import Address, Endpoint
from tools.net.http_client import Client, Request
from tools.net.http_reply import Fault
from tools.search.web.query_length import shortened
from tools.search_results import Item, SearchArguments, brought, searched

_MOST = 20  # results in one reply
_LONGEST = 400  # characters of a query
_HOUR = 3600.0
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


class Tavily:
    """Find pages of the web; a basic search costs one credit, 8,000 micro-dollars without a monthly plan."""

    address: ClassVar[Address] = Address(name="TAVILY", url="https://api.tavily.com", key="required")
    spec: ClassVar[ToolSpec] = ToolSpec(
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
        ttl=_HOUR,
    )

    def __init__(self, client: Client, endpoint: Endpoint, *, clock: Clock) -> None:
        self._client = client
        self._endpoint = endpoint
        self._clock = clock

    async def run(self, arguments: BaseModel, run: Run, announce: Announce) -> Result:  # noqa: ARG002  # a search needs neither
        """Return the fitting passages of pages, best first."""
        asked = searched(arguments)
        reply = await self._client.read(self._endpoint, self._request(asked), _Reply)
        items = map(_item, reply.results[: asked.limit])
        return replace(await brought(asked.query, items, self._clock()), cost=self.spec.price)

    def _request(self, asked: SearchArguments) -> Request:
        return Request(
            path="/search",
            headers={"authorization": f"Bearer {self._endpoint.secret()}"},
            json={
                "query": shortened(asked.query, characters=_LONGEST),
                "max_results": min(asked.limit, _MOST),
                "search_depth": "basic",
            },
            faults=_FAULTS,
        )


def _item(hit: _Hit) -> Item:
    return Item(
        title=hit.title or "", url=hit.url or "", text=hit.content or "", published=hit.published_date
    )
