"""Search OpenAlex: the abstract of each work that fits."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import BaseModel, Field

from graph.tool import Group, ToolSpec, Trust
from tools.net.endpoint import Address, Endpoint
from tools.net.http_client import Request
from tools.net.markup_text import plain_text
from tools.net.query_keywords import keywords
from tools.search.scholarly.contact_address import contact_parameter
from tools.search.search_service import DAY, SearchService
from tools.search_results import FoundItem, SearchArguments


class _Place(BaseModel):
    landing_page_url: str | None = None


class _Work(BaseModel):
    id: str
    doi: str | None = None
    display_name: str | None = None
    publication_date: str | None = None
    primary_location: _Place | None = None
    abstract_inverted_index: dict[str, list[int]] | None = None


class _Reply(BaseModel):
    results: list[_Work] = Field()


class OpenAlex(SearchService):
    """Find scholarly works of all fields by the words of their title, abstract and text."""

    address = Address(name="OPENALEX", url="https://api.openalex.org", key="optional")
    spec = ToolSpec(
        name="openalex",
        version="1",
        purpose="find scholarly works of every field in the index OpenAlex",
        arguments=SearchArguments,
        group=Group.SCHOLARLY,
        deterministic=True,
        latency=1.0,
        timeout=15.0,
        at_once=4,
        rate="10/second",
        ttl=DAY,
        trust=Trust.CURATED,
    )

    async def find(self, asked: SearchArguments) -> Iterable[FoundItem]:
        """Return the abstracts of works, best first."""
        reply = await self.client.read(self.endpoint, _request(asked, self.endpoint), _Reply)
        return map(_item, reply.results)


def _request(asked: SearchArguments, endpoint: Endpoint) -> Request:
    key = {"api_key": endpoint.key.get_secret_value()} if endpoint.key else {}
    return Request(
        path="/works",
        params={
            "search": " ".join(keywords(asked.query)),
            "per_page": asked.limit,
            "select": "id,doi,display_name,publication_date,primary_location,abstract_inverted_index",
            **contact_parameter("mailto", endpoint),
            **key,
        },
    )


def _item(work: _Work) -> FoundItem:
    landing = work.primary_location.landing_page_url if work.primary_location else None
    return FoundItem(
        title=plain_text(work.display_name or ""),
        url=landing or work.doi or work.id,
        text=plain_text(_abstract(work.abstract_inverted_index or {})),
        published=work.publication_date,
    )


def _abstract(index: dict[str, list[int]]) -> str:
    """Put words back in their places: the index says for each word where it stands."""
    return " ".join(word for _, word in sorted((at, word) for word, places in index.items() for at in places))
