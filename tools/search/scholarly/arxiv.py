"""Search arXiv: the abstract of each paper that fits."""

from __future__ import annotations

from collections.abc import Iterable

from lxml.etree import _Element  # type: ignore[import-untyped]

from graph.errors import Unusable
from graph.tool import Group, ToolSpec, Trust
from tools.net.endpoint import Address
from tools.net.http_client import Request
from tools.net.query_keywords import keywords
from tools.search.scholarly.safe_xml import element_text, parse_xml
from tools.search.search_service import DAY, SearchService
from tools.search_results import FoundItem, SearchArguments

_ATOM = "{http://www.w3.org/2005/Atom}"


class Arxiv(SearchService):
    """Find preprints of arXiv by their words."""

    address = Address(name="ARXIV", url="https://export.arxiv.org")
    spec = ToolSpec(
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
        ttl=DAY,
        trust=Trust.CURATED,
    )

    async def find(self, asked: SearchArguments) -> Iterable[FoundItem]:
        """Return the abstracts of preprints, best first."""
        reply = await self.client.fetch(self.endpoint, _request(asked))
        entries = parse_xml(reply, f"{_ATOM}feed", "arXiv").findall(f"{_ATOM}entry")
        if any("/api/errors" in _field(entry, "id") for entry in entries):
            raise Unusable("arXiv did not take the question")
        return map(_item, entries)


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


def _item(entry: _Element) -> FoundItem:
    return FoundItem(
        title=_field(entry, "title"),
        url=_field(entry, "id").replace("http://", "https://", 1),
        text=_field(entry, "summary"),
        published=_field(entry, "published"),
    )


def _field(entry: _Element, name: str) -> str:
    return element_text(entry.find(f"{_ATOM}{name}"))
