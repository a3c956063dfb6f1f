"""Search Wikipedia: the opening of each article that fits."""

from __future__ import annotations

from typing import ClassVar

from pydantic import BaseModel, Field

from graph.errors import Unavailable
from graph.events import Announce
from graph.records import Clock, Result, Run
from graph.tool import Group, ToolSpec, Trust
from tools.net.endpoint import Address, Endpoint
from tools.net.http_client import Client, Request
from tools.net.http_reply import host
from tools.search.web.service_languages import WIKIPEDIA
from tools.search_results import Item, SearchArguments, brought, searched

_MOST = 20  # the service gives the opening of at most so many articles in one reply
_DAY = 86_400.0
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


class Wikipedia:
    """Find articles of Wikipedia by their words."""

    address: ClassVar[Address] = Address(name="WIKIPEDIA", url="https://{language}.wikipedia.org")
    spec: ClassVar[ToolSpec] = ToolSpec(
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
        ttl=_DAY,
        trust=Trust.CURATED,
    )

    def __init__(self, client: Client, endpoint: Endpoint, *, clock: Clock) -> None:
        self._client = client
        self._endpoint = endpoint
        self._clock = clock

    async def run(self, arguments: BaseModel, run: Run, announce: Announce) -> Result:  # noqa: ARG002  # a search needs neither
        """Return the openings of articles, best first."""
        asked = searched(arguments)
        edition = self._endpoint.in_language(WIKIPEDIA.get(asked.language, _UNASKED))
        reply = await self._client.read(edition, _request(asked), _Reply)
        if not (reply.query.pages or reply.batchcomplete):  # its errors have the status of an answer
            raise Unavailable(f"{host(edition)} did not carry the search out")
        pages = sorted(reply.query.pages, key=lambda page: page.index)
        return await brought(asked.query, map(_item, pages), self._clock())


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


def _item(page: _Page) -> Item:
    edited = page.revisions[0].timestamp if page.revisions else None
    return Item(
        title=page.title, url=page.fullurl, text=page.extract, published=edited, language=page.language
    )
