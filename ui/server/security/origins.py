"""Tell by what a browser says whose page sends a request."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from starlette.datastructures import Headers

SAFE = frozenset({"GET", "HEAD"})
ELSEWHERE = "a page of another origin may not do this: use the page of Attest"


class RequestOrigin(StrEnum):
    """Name whose page sends a request; programs and browsers older than 2020 are silent."""

    OURS = "ours"
    OTHER = "other"
    SILENT = "silent"


def origin_of(headers: Headers, ours: Collection[str]) -> RequestOrigin:
    """Return whose page asks; `ours` are our own origins."""
    if (site := headers.get("sec-fetch-site")) is not None:
        return RequestOrigin.OURS if site == "same-origin" else RequestOrigin.OTHER
    if (origin := headers.get("origin")) is not None:
        return RequestOrigin.OURS if origin in ours else RequestOrigin.OTHER
    return RequestOrigin.SILENT
