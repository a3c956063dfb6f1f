"""Search Hacker News: the stories and comments that fit."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import BaseModel, Field

from graph.tool import Group, ToolSpec, Trust
from tools.net.endpoint import Address
from tools.net.http_client import Request
from tools.net.markup_text import plain_text
from tools.net.query_keywords import keywords
from tools.search.search_service import DAY, SearchService
from tools.search_results import FoundItem, SearchArguments


class _Hit(BaseModel):
    id: str = Field(alias="objectID")
    title: str | None = None
    url: str | None = None
    story_title: str | None = None
    story_text: str | None = None
    comment_text: str | None = None
    created_at: str | None = None


class _Reply(BaseModel):
    hits: list[_Hit]


class HackerNews(SearchService):
    """Find what is said on Hacker News."""

    address = Address(name="HACKERNEWS", url="https://hn.algolia.com")
    spec = ToolSpec(
        name="hackernews",
        version="1",
        purpose="find what practitioners say of software and companies on Hacker News",
        arguments=SearchArguments,
        group=Group.COMMUNITY,
        deterministic=True,
        latency=0.5,
        timeout=10.0,
        at_once=4,
        rate="2/second",
        ttl=DAY,
        trust=Trust.OPEN,
    )

    async def find(self, asked: SearchArguments) -> Iterable[FoundItem]:
        """Return stories and comments, best first."""
        reply = await self.client.read(self.endpoint, _request(asked), _Reply)
        return map(_item, reply.hits)


def _request(asked: SearchArguments) -> Request:
    return Request(
        path="/api/v1/search",
        params={
            "query": " ".join(keywords(asked.query)),
            "tags": "(story,comment)",
            "hitsPerPage": asked.limit,
        },
    )


def _item(hit: _Hit) -> FoundItem:
    title = hit.title or hit.story_title or ""
    return FoundItem(
        title=title,
        url=f"https://news.ycombinator.com/item?id={hit.id}",
        text=plain_text(hit.comment_text or hit.story_text or "") or _link(title, hit.url),
        published=hit.created_at,
    )


def _link(title: str, url: str | None) -> str:
    """Return what a story without words of its own says: its title and where it points."""
    return f"{title}\n\n{url}" if title and url else title
