"""Is a page beside a record the one that this release writes for it?"""

from __future__ import annotations

import re
from enum import Enum

_NAMED = re.compile(r"this page is made from it, in form (\d{1,6})\.")


class Fit(Enum):
    """Say how a page fits its record."""

    SAME = "same"
    FORGED = "forged"
    OTHER = "other"
    """Another release writes another form of it: it is not compared."""


def fit(page: str, written: str, form: int) -> Fit:
    """Compare a page with what is written in a form; one that names no other form must be the same."""
    if page == written:
        return Fit.SAME
    named = {int(number) for number in _NAMED.findall(page)}
    return Fit.FORGED if form in named or not named else Fit.OTHER
