"""Read the dates, weekdays and times of day of a sentence."""

# ruff: noqa: E501 - a pattern and a list read best on one line

from __future__ import annotations

import re
from dataclasses import dataclass

from tools.statements.quantities import UNITS

_MONTHS = "january february march april may june july august september october november december".split()  # noqa: SIM905 - a word list reads best as words
_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()  # noqa: SIM905 - as above
_SEASONS = "spring summer autumn winter".split()  # noqa: SIM905 - as above
_MONTH = r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
_YEAR = r"(?P<year>1[0-9]\d\d|20\d\d)"
_DATES = (
    re.compile(r"\b(?P<year>1[0-9]\d\d|20\d\d)-(?P<iso>[01]\d)-(?P<day>[0-3]\d)\b"),
    re.compile(rf"\b(?P<day>[0-3]?\d)(?:st|nd|rd|th)? (?:of )?{_MONTH},?(?: {_YEAR}\b)?", re.IGNORECASE),
    re.compile(rf"\b{_MONTH} (?P<day>[0-3]?\d)(?:st|nd|rd|th)?\b,?(?: {_YEAR}\b)?", re.IGNORECASE),
    # A month alone must be written as a name: "may" and "march" are words, too.
    re.compile(rf"\b(?-i:(?=[A-Z])){_MONTH}(?! (?:not|be|have)\b),?(?: {_YEAR}\b)?", re.IGNORECASE),
    re.compile(
        rf"\b(?:in|since|by|of|until|till|from|to|after|before|and|around|about|year) {_YEAR}\b(?! ?(?:{UNITS})(?![^\W\d_]))",
        re.IGNORECASE,
    ),
    re.compile(rf"\b{_YEAR}\b(?= ?[.,;:!?]| ?$)"),
)
_BEGINS = re.compile(rf"^\W*{_YEAR}\b")
_WEEKDAY = re.compile(rf"\b(?:on )?(?P<name>{'|'.join(_DAYS)})s?\b", re.IGNORECASE)
_SEASON = re.compile(rf"\b(?:in (?:the )?)(?P<name>{'|'.join(_SEASONS)})\b", re.IGNORECASE)
_CLOCK = (
    re.compile(r"\b(?:at )?(?P<hour>[012]?\d):(?P<minute>[0-5]\d)(?: ?(?P<half>[ap])\.?m\b\.?)?(?![\d:])", re.IGNORECASE),
    re.compile(r"\b(?:at )?(?P<hour>[01]?\d)\.(?P<minute>[0-5]\d) ?(?P<half>[ap])\.?m\b\.?", re.IGNORECASE),
    re.compile(r"\b(?:at )?(?P<hour>1?\d) ?(?P<half>[ap])\.?m\b\.?", re.IGNORECASE),
    re.compile(r"\b(?:at )?(?P<name>noon|midday|midnight)\b", re.IGNORECASE),
    re.compile(r"\bat (?P<hour>[012]?\d)(?: o'clock)?(?= ?[.,;!?]| ?$| (?:in|on|and|every|each)\b)", re.IGNORECASE),
)  # fmt: skip

_NOON = 12 * 60


# Every moment holds one of these: most sentences are done after this test.
_MAY_DATE = re.compile(rf"\d|noon|midday|midnight|{'|'.join((*_DAYS, *_SEASONS, *_MONTHS))}", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Date:
    """Hold the parts of a date; 0 stands for a part that is not given."""

    year: int = 0
    month: int = 0
    day: int = 0

    def fits(self, other: Date) -> bool:
        """Tell whether both may be the same date."""
        pairs = ((self.year, other.year), (self.month, other.month), (self.day, other.day))
        return all(not mine or not theirs or mine == theirs for mine, theirs in pairs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moments:
    """Hold the dates, the recurring times (weekdays, seasons) and the times of day.

    A time of day holds every minute of the day it may mean: 9:10 alone may be in the morning or the evening.
    """

    dates: frozenset[Date]
    recurring: frozenset[str]
    clock: frozenset[tuple[int, ...]]

    def other_times(self, other: Moments) -> bool:
        """Tell whether both give times of day and share none."""
        pairs = [(mine, theirs) for mine in self.clock for theirs in other.clock]
        return bool(pairs) and not any(set(mine) & set(theirs) for mine, theirs in pairs)

    def same_times(self, other: Moments) -> bool:
        """Tell whether each time of day of one is among those of the other."""
        held = [any(set(mine) & set(theirs) for theirs in other.clock) for mine in self.clock]
        back = [any(set(mine) & set(theirs) for theirs in self.clock) for mine in other.clock]
        return all(held) and all(back)

    def other_dates(self, other: Moments) -> bool:
        """Tell whether both give dates and share none."""
        pairs = [(mine, theirs) for mine in self.dates for theirs in other.dates]
        return bool(pairs) and not any(mine.fits(theirs) for mine, theirs in pairs)

    def same_dates(self, other: Moments) -> bool:
        """Tell whether each date of one may be one of the other's."""
        held = [any(mine.fits(theirs) for theirs in other.dates) for mine in self.dates]
        back = [any(mine.fits(theirs) for theirs in self.dates) for mine in other.dates]
        return all(held) and all(back)


def moments(text: str) -> tuple[Moments, str]:
    """Return the moments of a sentence, and the sentence without them."""
    dates: set[Date] = set()
    recurring: set[str] = set()
    clock: set[tuple[int, ...]] = set()

    def dated(match: re.Match[str]) -> str:
        dates.add(_date(match.groupdict()))
        return " "

    def repeated(match: re.Match[str]) -> str:
        recurring.add(match["name"].lower())
        return " "

    def timed(match: re.Match[str]) -> str:
        minutes = _minutes(match.groupdict())
        if minutes:
            clock.add(minutes)
        return " " if minutes else match[0]

    if not _MAY_DATE.search(text):
        return Moments(dates=frozenset(), recurring=frozenset(), clock=frozenset()), text
    for pattern in _DATES:
        text = _single(pattern.sub(dated, text))
    for pattern in (_WEEKDAY, _SEASON):
        text = _single(pattern.sub(repeated, text))
    for pattern in _CLOCK:
        text = _single(pattern.sub(timed, text))
    return Moments(dates=frozenset(dates), recurring=frozenset(recurring), clock=frozenset(clock)), text


def first_date(text: str) -> Date | None:
    """Return the date that a text gives first, as fully as it stands there; None where it gives none."""
    found = [match for pattern in (*_DATES, _BEGINS) if (match := pattern.search(text))]
    first = min(found, key=lambda match: (match.start(), -match.end()), default=None)
    return _date(first.groupdict()) if first else None


def _single(text: str) -> str:
    """Put single blanks between words, as the patterns need them."""
    return " ".join(text.split())


def _date(found: dict[str, str | None]) -> Date:
    month = found.get("month")
    number = int(found.get("iso") or 0)
    if month:
        number = next(at for at, name in enumerate(_MONTHS, start=1) if name.startswith(month[:3].lower()))
    return Date(year=int(found.get("year") or 0), month=number, day=int(found.get("day") or 0))


def _minutes(found: dict[str, str | None]) -> tuple[int, ...]:
    if name := found.get("name"):
        return (0,) if name.lower() == "midnight" else (_NOON,)
    written = found["hour"] or "0"
    hour, minute = int(written), int(found.get("minute") or 0)
    if half := found.get("half"):
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    elif 0 < hour < 12 and written[0] != "0":  # noqa: PLR2004 - hours of half a day
        return hour * 60 + minute, hour * 60 + minute + _NOON
    return (hour * 60 + minute,) if hour < 24 else ()  # noqa: PLR2004 - hours of a day
