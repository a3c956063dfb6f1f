"""Compare a published page with the page that this release writes for its record."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum

from ui.catalogue import N_, _, languages, speaking

MADE = N_("The record is `report.json`; this page is made from it, in form {form}.")
"""The sentence by which a page names its form."""

_NUMBER = r"(\d{1,6})"


class PageMatch(Enum):
    """Name the results of the comparison."""

    SAME = "same"
    FORGED = "forged"
    OTHER = "other"
    """Another release writes another form of it: it is not compared."""


def match_page(page: str, write: Callable[[], str], form: int) -> PageMatch:
    """Compare a page with what `write` makes in a form, in every language there is.

    A page that names no other form must be the same.
    """
    named = set[int]()
    for language in languages():
        with speaking(language):
            if page == write():
                return PageMatch.SAME
            named |= _forms(page)
    return PageMatch.FORGED if form in named or not named else PageMatch.OTHER


def _forms(page: str) -> set[int]:
    """Return the forms that a page names; the name of the record before them is marked in its own way."""
    said = re.escape(_(MADE).rpartition("`")[2]).replace(re.escape("{form}"), _NUMBER)
    return {int(number) for number in re.findall(said, page)}
