"""Search the web by Brave, which keeps an index of its own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from pydantic import BaseModel, Field

from graph.tool import Group, ToolSpec
from tools.net.endpoint import Address
from tools.net.http_client import Request
from tools.net.http_reply import Fault
from tools.net.markup_text import plain_text
from tools.search.search_service import HOUR, SearchService
from tools.search.web.query_length import shorten_query
from tools.search.web.service_languages import BRAVE
from tools.search_results import FoundItem, SearchArguments

_MOST = 20  # results in one reply
_LONGEST = 400  # characters of a query
_MOST_WORDS = 50
# A wrong key has the status of a wrong question; only the body tells them apart.
_FAULTS = (
    Fault(
        status=422,
        says="SUBSCRIPTION_TOKEN_INVALID",
        mend="refused the key (422): correct ATTEST_BRAVE_KEY",
    ),
)


class _Hit(BaseModel):
    title: str | None = None
    url: str | None = None
    description: str | None = None
    extra_snippets: list[str] | None = None
    page_age: str | None = None


class _Web(BaseModel):
    results: list[_Hit] = Field(default_factory=list)


class _Reply(BaseModel):
    type: Literal["search"]
    web: _Web | None = None


class Brave(SearchService):
    """Find pages of the web; a search costs 5,000 micro-dollars, and one call is one search."""

    address = Address(name="BRAVE", url="https://api.search.brave.com", key="required")
    spec = ToolSpec(
        name="brave",
        version="1",
        purpose="search the web in an index of its own",
        arguments=SearchArguments,
        group=Group.WEB,
        deterministic=True,
        price=5000,
        latency=0.8,
        timeout=10.0,
        at_once=8,
        rate="20/second",
        ttl=HOUR,
    )

    async def find(self, asked: SearchArguments) -> Iterable[FoundItem]:
        """Return what is shown of pages, best first."""
        reply = await self.client.read(self.endpoint, self._request(asked), _Reply)
        hits = reply.web.results if reply.web else []
        return map(_item, hits)

    def _request(self, asked: SearchArguments) -> Request:
        language = BRAVE.get(asked.language)
        return Request(
            path="/res/v1/web/search",
            params={
                "q": shorten_query(asked.query, characters=_LONGEST, words=_MOST_WORDS),
                "count": min(asked.limit, _MOST),
                "result_filter": "web",
                "text_decorations": "false",
                **({"search_lang": language} if language else {}),
            },
            headers={"accept": "application/json", "x-subscription-token": self.endpoint.secret()},
            faults=_FAULTS,
        )


def _item(hit: _Hit) -> FoundItem:
    shown = [hit.description or "", *(hit.extra_snippets or [])]
    return FoundItem(
        title=plain_text(hit.title or ""),
        url=hit.url or "",
        text="\n\n".join(plain_text(fragment) for fragment in shown if fragment),
        published=hit.page_age,
    )
