"""Say where a quote stands in its document, in words for every form of a report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from guards.visible_text import one_line

Key = tuple[str, int, int, str]


def cited_place(citation: Mapping[str, Any]) -> str:
    """Return a place such as `page 3, Limits › Requests`; nothing where the text does not tell."""  # noqa: RUF002 - the sign is meant
    return ", ".join(_parts(citation.get("place", {})))


def cited_places(report: Mapping[str, Any]) -> dict[Key, str]:
    """Return the place of every citation of a report by its source, its offsets and its quote."""
    cited = (citation for claim in report["claims"] for citation in claim["citations"])
    return {(c["source"], c["start"], c["end"], c["quote"]): cited_place(c) for c in cited}


def _parts(place: Mapping[str, Any]) -> Iterator[str]:
    if "page" in place:
        yield f"page {place['page']}"
    if "slide" in place:
        yield f"slide {place['slide']}"
    if "sheet" in place:
        yield f"sheet {one_line(place['sheet'])}"
    if "row" in place:
        yield f"row {place['row']}"
    if section := [one_line(heading) for heading in place.get("section", ())]:
        yield " › ".join(section)  # noqa: RUF001 - the sign between a heading and those below it
