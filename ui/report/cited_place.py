"""Number the citations of a report, and say where each stands in its document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from guards.visible_text import one_line
from ui.catalogue import _
from ui.report.readable_text import readable

Key = tuple[str, int, int, str]


def cited_place(citation: Mapping[str, Any]) -> str:
    """Return a place such as `page 3, Limits › Requests`; nothing where the text does not tell."""  # noqa: RUF002 - the sign is meant
    return ", ".join(_parts(citation.get("place", {})))


def cited_places(report: Mapping[str, Any]) -> dict[Key, str]:
    """Return the place of every citation of a report by its source, its offsets and its quote."""
    cited = (citation for claim in report["claims"] for citation in claim["citations"])
    return {(c["source"], c["start"], c["end"], c["quote"]): cited_place(c) for c in cited}


def numbers(report: Mapping[str, Any]) -> dict[Key, int]:
    """Give each citation a number, as `guards.claims.citations.numbered` does."""
    keys = dict.fromkeys(key for claim in report["claims"] for key in keys_of(claim))
    return {key: number for number, key in enumerate(keys, start=1)}


def keys_of(claim: Mapping[str, Any]) -> Iterator[Key]:
    """Yield the key of each citation of a claim."""
    for cited in claim["citations"]:
        yield cited["source"], cited["start"], cited["end"], cited["quote"]


def _parts(place: Mapping[str, Any]) -> Iterator[str]:
    if "page" in place:
        yield _("page {number}").format(number=place["page"])
    if "slide" in place:
        yield _("slide {number}").format(number=place["slide"])
    if "sheet" in place:
        yield _("sheet {name}").format(name=one_line(place["sheet"]))
    if "row" in place:
        yield _("row {number}").format(number=place["row"])
    if section := [readable(heading) for heading in place.get("section", ())]:
        yield " › ".join(section)  # noqa: RUF001 - the sign between a heading and those below it
