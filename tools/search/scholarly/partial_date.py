"""Dates of publication, as far as an index knows them."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR = re.compile(r"[12][0-9]{3}")
_SHORT = 3


def partial_date(year: str, month: str = "", day: str = "") -> str | None:
    """Return YYYY-MM-DD, or as much of it as is given and valid; a month is a number or an English name."""
    if not _YEAR.fullmatch(year):
        return None
    number = _month(month)
    if not number:
        return year
    try:
        return date(int(year), number, int(day)).isoformat()
    except ValueError:
        return f"{year}-{number:02}"


def _month(written: str) -> int:
    """Return 1..12, or 0 for what is no month."""
    if written.isascii() and written.isdigit():
        return number if (number := int(written[:_SHORT])) <= len(_MONTHS) else 0
    short = written.strip().lower()[:_SHORT]
    return _MONTHS.index(short) + 1 if short in _MONTHS else 0
