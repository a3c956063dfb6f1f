"""Search PubMed: the abstract of each article that fits."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml.etree import _Element  # type: ignore[import-untyped]
from pydantic import BaseModel, Field

from graph.errors import Unavailable
from graph.tool import Group, ToolSpec, Trust
from tools.net.endpoint import Address
from tools.net.http_client import Request
from tools.net.http_reply import Fault
from tools.net.query_keywords import keywords
from tools.search.scholarly.contact_address import contact_parameter
from tools.search.scholarly.partial_date import partial_date
from tools.search.scholarly.safe_xml import element_text, parse_xml
from tools.search.search_service import DAY, SearchService
from tools.search_results import FoundItem, SearchArguments

_BUSY_SECONDS = 1.0  # the limit counts requests a second
_WRONG_KEY = Fault(
    status=400, says="API key invalid", mend="refused the key: correct or remove ATTEST_PUBMED_KEY"
)
_LOOSE = re.compile(r"([12]\d{3})(?:\s+([A-Za-z]{3,9}))?")


class _Hits(BaseModel):
    idlist: list[str] = Field(default_factory=list)
    error: str = Field(default="", alias="ERROR")


class _Search(BaseModel):
    esearchresult: _Hits | None = None
    error: str = ""


class PubMed(SearchService):
    """Find biomedical articles by the words and subject headings of PubMed."""

    address = Address(name="PUBMED", url="https://eutils.ncbi.nlm.nih.gov", key="optional")
    spec = ToolSpec(
        name="pubmed",
        version="1",
        purpose="find articles in medicine and the life sciences on PubMed",
        arguments=SearchArguments,
        group=Group.SCHOLARLY,
        deterministic=True,
        latency=1.5,
        timeout=20.0,
        at_once=2,
        rate="1/second",
        ttl=DAY,
        trust=Trust.CURATED,
    )

    async def find(self, asked: SearchArguments) -> Iterable[FoundItem]:
        """Return the abstracts of articles, best first; a search and a fetch, two requests."""
        ids = await self._search(asked)
        items = await self._fetch(ids) if ids else {}
        return [items[name] for name in ids if name in items]

    async def _search(self, asked: SearchArguments) -> list[str]:
        request = self._request(
            "esearch",
            {
                "term": " ".join(keywords(asked.query)),
                "retmax": asked.limit,
                "retmode": "json",
                "sort": "relevance",
            },
        )
        reply = await self.client.read(self.endpoint, request, _Search)
        hits = reply.esearchresult
        if hits is None or reply.error or hits.error:
            raise Unavailable("PubMed answered with an error", retry_after=_BUSY_SECONDS)
        return hits.idlist

    async def _fetch(self, ids: list[str]) -> dict[str, FoundItem]:
        request = self._request("efetch", {"id": ",".join(ids), "retmode": "xml", "rettype": "abstract"})
        reply = await self.client.fetch(self.endpoint, request)
        articles = parse_xml(reply, "PubmedArticleSet", "PubMed")
        return {element_text(article.find(".//PMID")): _item(article) for article in articles}

    def _request(self, utility: str, params: dict[str, str | int]) -> Request:
        key = self.endpoint.key
        named = {"db": "pubmed", "tool": "attest", **contact_parameter("email", self.endpoint)}
        keyed = {"api_key": key.get_secret_value()} if key else {}
        return Request(
            path=f"/entrez/eutils/{utility}.fcgi",
            params={**params, **named, **keyed},
            faults=(_WRONG_KEY,),
        )


def _item(article: _Element) -> FoundItem:
    title = article.find(".//ArticleTitle")
    return FoundItem(
        title=element_text(article.find(".//BookTitle") if title is None else title),
        url=f"https://pubmed.ncbi.nlm.nih.gov/{element_text(article.find('.//PMID'))}/",
        text="\n\n".join(_paragraph(part) for part in article.findall(".//Abstract/AbstractText")),
        published=_published(article),
    )


def _paragraph(part: _Element) -> str:
    """Return a part of an abstract; a structured one says what each part is for."""
    label = part.get("Label")
    return f"{label}: {element_text(part)}" if label else element_text(part)


def _published(article: _Element) -> str | None:
    """Return the day it appeared online, else the date of the issue, as far as it is known."""
    online = article.find(".//ArticleDate")
    issue = article.find(".//PubDate") if online is None else online
    if issue is None:
        return None
    if loose := _LOOSE.search(element_text(issue.find("MedlineDate"))):
        return partial_date(loose[1], loose[2] or "")
    return partial_date(*(element_text(issue.find(part)) for part in ("Year", "Month", "Day")))
