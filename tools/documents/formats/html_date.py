"""The day a web page says it was published."""

from __future__ import annotations

import re

from lxml.etree import _Element  # type: ignore[import-untyped]

from tools.documents.dates import iso_date

_NAMES = {
    "article:published_time", "og:article:published_time", "og:published_time",
    "citation_publication_date", "citation_date", "date", "datepublished", "dc.date", "dc.date.issued",
    "dcterms.date", "dcterms.issued", "parsely-pub-date", "pubdate", "publication_date", "publish-date",
    "publish_date", "sailthru.date",
}  # fmt: skip
_LINKED = re.compile(r"\"datePublished\"\s{0,9}:\s{0,9}\"([^\"]{8,40})\"")


def published(tree: _Element) -> str | None:
    """Return the ISO date in the head of a page or its linked data, None where there is none or several."""
    return _declared(tree) or _only(
        [found for script in _linked_data(tree) for found in _LINKED.findall(script)]
    )


def _declared(tree: _Element) -> str | None:
    for meta in tree.iter("meta"):
        names = {(meta.get(key) or "").strip().lower() for key in ("property", "name", "itemprop")}
        if names & _NAMES and (day := iso_date(meta.get("content") or "")):
            return day
    return _only([time.get("datetime") or "" for time in tree.iter("time") if _is_publication(time)])


def _is_publication(time: _Element) -> bool:
    """Tell the time of the page itself from one that its text mentions."""
    return "pubdate" in time.attrib or (time.get("itemprop") or "").lower() == "datepublished"


def _linked_data(tree: _Element) -> list[str]:
    scripts = tree.xpath("//script[@type='application/ld+json']")
    return [script.text or "" for script in scripts]


def _only(written: list[str]) -> str | None:
    """Return the one day all of them mean; a page of many articles has no day of its own."""
    days = {iso_date(words) for words in written}
    return days.pop() if len(days) == 1 else None
