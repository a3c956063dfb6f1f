"""Compare a published page with the page that this release writes for its record."""

from __future__ import annotations

import re
from enum import Enum

_NAMED = re.compile(r"this page is made from it, in form (\d{1,6})\.")


class PageMatch(Enum):
    """Name the results of the comparison."""

    SAME = "same"
    FORGED = "forged"
    OTHER = "other"
    """Another release writes another form of it: it is not compared."""


def match_page(page: str, written: str, form: int) -> PageMatch:
    """Compare a page with the one `written` in a form; a page that names no other form must be the same."""
    if page == written:
        return PageMatch.SAME
    named = {int(number) for number in _NAMED.findall(page)}
    return PageMatch.FORGED if form in named or not named else PageMatch.OTHER
