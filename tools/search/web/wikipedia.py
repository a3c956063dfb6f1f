"""Search Wikipedia: the opening of each article that fits."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import BaseModel, Field

from graph.errors import Unavailable
from graph.tool import Group, ToolSpec, Trust
from tools.net.endpoint import Address
from tools.net.http_client import Request
from tools.net.http_reply import host_and_port
from tools.search.search_service import DAY, SearchService
from tools.search.web.service_languages import WIKIPEDIA
from tools.search_results import FoundItem, SearchArguments

_MOST = 20  # the service gives the opening of at most so many articles in one reply
_UNASKED = "en"


class _Revision(BaseModel):
    timestamp: str = ""


class _Page(BaseModel):
    title: str
    index: int = 0
    fullurl: str = ""
    extract: str = ""
    revisions: list[_Revision] = Field(default_factory=list)
    language: str | None = Field(default=None, alias="pagelanguagehtmlcode")


class _Query(BaseModel):
    pages: list[_Page] = Field(default_factory=list)


class _Reply(BaseModel):
    batchcomplete: bool = False
    query: _Query = Field(default_factory=_Query)


class Wikipedia(SearchService):
    """Find articles of Wikipedia by their words."""

    address = Address(name="WIKIPEDIA", url="https://{language}.wikipedia.org")
    spec = ToolSpec(
        name="wikipedia",
        version="1",
        purpose="find articles of the encyclopaedia Wikipedia",
        arguments=SearchArguments,
        group=Group.WEB,
        deterministic=True,
        latency=0.6,
        timeout=10.0,
        at_once=4,
        rate="10/second",
        ttl=DAY,
        trust=Trust.CURATED,
    )

    async def find(self, asked: SearchArguments) -> Iterable[FoundItem]:
        """Return the openings of articles, best first."""
        edition = self.endpoint.in_language(WIKIPEDIA.get(asked.language, _UNASKED))
        reply = await self.client.read(edition, _request(asked), _Reply)
        if not (reply.query.pages or reply.batchcomplete):  # its errors have the status of an answer
            raise Unavailable(f"{host_and_port(edition)} did not carry the search out")
        pages = sorted(reply.query.pages, key=lambda page: page.index)
        return map(_item, pages)


def _request(asked: SearchArguments) -> Request:
    return Request(
        path="/w/api.php",
        params={
            "action": "query",
            "format": "json",
            "formatversion": 2,
            "generator": "search",
            "gsrsearch": asked.query[:300],
            "gsrlimit": min(asked.limit, _MOST),
            "prop": "extracts|info|revisions",
            "exintro": 1,
            "explaintext": 1,
            "exlimit": "max",
            "inprop": "url",
            "rvprop": "timestamp",
        },
    )


def _item(page: _Page) -> FoundItem:
    edited = page.revisions[0].timestamp if page.revisions else None
    return FoundItem(
        title=page.title, url=page.fullurl, text=page.extract, published=edited, language=page.language
    )
