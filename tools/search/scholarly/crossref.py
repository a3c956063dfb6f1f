"""Search Crossref: what publishers deposited about the works that fit."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from pydantic import BaseModel, Field

from graph.tool import Group, ToolSpec, Trust
from tools.net.endpoint import Address, Endpoint
from tools.net.http_client import Request
from tools.net.markup_text import plain_text
from tools.search.scholarly.contact_address import contact_parameter
from tools.search.scholarly.partial_date import partial_date
from tools.search.search_service import DAY, SearchService
from tools.search_results import FoundItem, SearchArguments


class _Author(BaseModel):
    given: str = ""
    family: str = ""
    name: str = ""


class _Issued(BaseModel):
    parts: list[list[int | None]] = Field(default_factory=list, alias="date-parts")


class _Work(BaseModel):
    doi: str = Field(alias="DOI")
    title: list[str] = Field(default_factory=list)
    container: list[str] = Field(default_factory=list, alias="container-title")
    author: list[_Author] = Field(default_factory=list)
    abstract: str = ""
    issued: _Issued = Field(default_factory=_Issued)


class _Message(BaseModel):
    items: list[_Work]


class _Reply(BaseModel):
    message: _Message


class Crossref(SearchService):
    """Find works with a DOI by their title, authors and journal."""

    address = Address(name="CROSSREF", url="https://api.crossref.org")
    spec = ToolSpec(
        name="crossref",
        version="1",
        purpose="find articles, books and proceedings with a DOI in the registry Crossref",
        arguments=SearchArguments,
        group=Group.SCHOLARLY,
        deterministic=True,
        latency=2.0,
        timeout=20.0,
        at_once=1,
        rate="1/second",
        ttl=DAY,
        trust=Trust.CURATED,
    )

    async def find(self, asked: SearchArguments) -> Iterable[FoundItem]:
        """Return the abstracts of works, best first; where there is none, who published it where."""
        reply = await self.client.read(self.endpoint, _request(asked, self.endpoint), _Reply)
        return map(_item, reply.message.items)


def _request(asked: SearchArguments, endpoint: Endpoint) -> Request:
    return Request(
        path="/works",
        params={
            "query.bibliographic": asked.query,
            "rows": asked.limit,
            "select": "DOI,title,container-title,author,abstract,issued",
            **contact_parameter("mailto", endpoint),
        },
    )


def _item(work: _Work) -> FoundItem:
    title = plain_text(" ".join(work.title))
    return FoundItem(
        title=title,
        url=f"https://doi.org/{quote(work.doi, safe='/:;()')}",
        text=plain_text(work.abstract) or "\n\n".join(line for line in (title, _imprint(work)) if line),
        published=_published(work.issued),
    )


def _imprint(work: _Work) -> str:
    people = [author.name or f"{author.given} {author.family}".strip() for author in work.author]
    return ". ".join(part for part in (plain_text(" ".join(work.container)), ", ".join(people)) if part)


def _published(issued: _Issued) -> str | None:
    parts = [str(part) for part in (issued.parts[0] if issued.parts else []) if part is not None]
    return partial_date(*parts[:3]) if parts else None
