"""Search Semantic Scholar: the abstract of each paper that fits."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import BaseModel, Field

from graph.tool import Group, ToolSpec, Trust
from tools.net.endpoint import Address, Endpoint
from tools.net.http_client import Request
from tools.net.query_keywords import keywords
from tools.search.search_service import DAY, SearchService
from tools.search_results import FoundItem, SearchArguments


class _Summary(BaseModel):
    text: str | None = None


class _Names(BaseModel):
    doi: str | None = Field(default=None, alias="DOI")


class _Paper(BaseModel):
    title: str | None = None
    abstract: str | None = None
    url: str | None = None
    year: int | None = None
    published: str | None = Field(default=None, alias="publicationDate")
    names: _Names | None = Field(default=None, alias="externalIds")
    tldr: _Summary | None = None


class _Reply(BaseModel):
    total: int
    data: list[_Paper] = Field(default_factory=list)


class SemanticScholar(SearchService):
    """Find papers of all fields by their title and abstract."""

    address = Address(name="SEMANTICSCHOLAR", url="https://api.semanticscholar.org", key="optional")
    spec = ToolSpec(
        name="semanticscholar",
        version="1",
        purpose="find papers of every field in the index Semantic Scholar",
        arguments=SearchArguments,
        group=Group.SCHOLARLY,
        deterministic=True,
        latency=1.5,
        timeout=15.0,
        at_once=1,
        rate="1/second",
        ttl=DAY,
        trust=Trust.CURATED,
    )

    async def find(self, asked: SearchArguments) -> Iterable[FoundItem]:
        """Return the abstracts of papers, best first."""
        reply = await self.client.read(self.endpoint, _request(asked, self.endpoint), _Reply)
        return map(_item, reply.data)


def _request(asked: SearchArguments, endpoint: Endpoint) -> Request:
    return Request(
        path="/graph/v1/paper/search",
        params={
            "query": " ".join(keywords(asked.query)),
            "limit": asked.limit,
            "fields": "title,abstract,url,publicationDate,year,externalIds,tldr",
        },
        headers={"x-api-key": endpoint.key.get_secret_value()} if endpoint.key else {},
    )


def _item(paper: _Paper) -> FoundItem:
    doi = f"https://doi.org/{paper.names.doi}" if paper.names and paper.names.doi else ""
    year = str(paper.year) if paper.year else None
    return FoundItem(
        title=paper.title or "",
        url=paper.url or doi,
        text=paper.abstract or _summary(paper),
        published=paper.published or year,
    )


def _summary(paper: _Paper) -> str:
    """Return the service's own one-sentence summary, named as such: a model wrote it, not the authors."""
    said = paper.tldr.text if paper.tldr else None
    return f"Summary by a model of Semantic Scholar: {said}" if said else ""
