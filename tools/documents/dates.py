"""Dates as documents write them."""

from __future__ import annotations

import re
from datetime import date

_ISO = re.compile(r"(\d{4})[-/](\d{2})[-/](\d{2})(?!\d)")
_DAY_FIRST = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?\.?\s{1,3}([a-z]{3,9})\.?,?\s{1,3}(\d{4})(?!\d)", re.IGNORECASE
)
_MONTH_FIRST = re.compile(
    r"([a-z]{3,9})\.?\s{1,3}(\d{1,2})(?:st|nd|rd|th)?,?\s{1,3}(\d{4})(?!\d)", re.IGNORECASE
)
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_LINE = re.compile(
    r"\W{0,8}(?:date|published|updated|last updated|last modified)\W{0,4}:\W{0,8}(.{6,60})", re.IGNORECASE
)
_TOP = 12


def iso_date(words: str) -> str | None:
    """Return the ISO date that words begin with, or None; an order of day and month is never guessed."""
    words = words.strip()
    if found := _ISO.match(words):
        return _valid(found[1], found[2], found[3])
    if found := _DAY_FIRST.match(words):
        return _valid(found[3], _month(found[2]), found[1])
    if found := _MONTH_FIRST.match(words):
        return _valid(found[3], _month(found[1]), found[2])
    return None


def dated_line(text: str) -> str | None:
    """Return the ISO date of a line such as `Date: 2026-04-21` among the first lines of a text, or None."""
    for line in text[:4000].split("\n")[:_TOP]:
        if (found := _LINE.match(line)) and (day := iso_date(found[1])):
            return day
    return None


def _month(name: str) -> int:
    """Return 1..12 for the name of a month or its beginning, else 0."""
    starts = [month.startswith(name.lower()) for month in _MONTHS]
    return starts.index(True) + 1 if True in starts else 0


def _valid(year: str, month: str | int, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
