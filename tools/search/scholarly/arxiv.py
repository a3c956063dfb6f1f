"""Search arXiv: the abstract of each paper that fits."""

from __future__ import annotations

from typing import ClassVar

from lxml.etree import _Element  # type: ignore[import-untyped]
from pydantic import BaseModel

from graph.errors import Unusable
from graph.events import Announce
from graph.records import Clock, Result, Run
from graph.tool import Group, ToolSpec, Trust
from tools.net.endpoint import Address, Endpoint
from tools.net.http_client import Client, Request
from tools.net.query_keywords import keywords
from tools.search.scholarly.safe_xml import parsed, text
from tools.search_results import Item, SearchArguments, brought, searched

_ATOM = "{http://www.w3.org/2005/Atom}"
_DAY = 86_400.0


class Arxiv:
    """Find preprints of arXiv by their words."""

    address: ClassVar[Address] = Address(name="ARXIV", url="https://export.arxiv.org")
    spec: ClassVar[ToolSpec] = ToolSpec(
        name="arxiv",
        version="1",
        purpose="find preprints in physics, mathematics and computer science on arXiv",
        arguments=SearchArguments,
        group=Group.SCHOLARLY,
        deterministic=True,
        latency=2.0,
        timeout=20.0,
        at_once=1,
        rate="1/3 second",
        ttl=_DAY,
        trust=Trust.CURATED,
    )

    def __init__(self, client: Client, endpoint: Endpoint, *, clock: Clock) -> None:
        self._client = client
        self._endpoint = endpoint
        self._clock = clock

    async def run(self, arguments: BaseModel, run: Run, announce: Announce) -> Result:  # noqa: ARG002  # a search needs neither
        """Return the abstracts of preprints, best first."""
        asked = searched(arguments)
        reply = await self._client.fetch(self._endpoint, _request(asked))
        entries = parsed(reply, f"{_ATOM}feed", "arXiv").findall(f"{_ATOM}entry")
        if any("/api/errors" in _field(entry, "id") for entry in entries):
            raise Unusable("arXiv did not take the question")
        return await brought(asked.query, map(_item, entries), self._clock())


def _request(asked: SearchArguments) -> Request:
    words = keywords(asked.query)
    return Request(
        path="/api/query",
        params={
            "search_query": " OR ".join(f"all:{word}" for word in words),
            "max_results": asked.limit,
            "sortBy": "relevance",
        },
    )


def _item(entry: _Element) -> Item:
    return Item(
        title=_field(entry, "title"),
        url=_field(entry, "id").replace("http://", "https://", 1),
        text=_field(entry, "summary"),
        published=_field(entry, "published"),
    )


def _field(entry: _Element, name: str) -> str:
    return text(entry.find(f"{_ATOM}{name}"))
