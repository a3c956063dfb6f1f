"""Where a text in a language other than English has a value: a time, a length, a price, a date."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache

from tools.lexicon.answer_words import words_of
from tools.lexicon.combining import LETTER
from tools.lexicon.spelt_numbers import FIGURES, number
from tools.lexicon.units import Dimension, calendar_words, unit_signs, unit_words

_UNSPACED = frozenset({"zh", "ja", "th"})
# Letters that an ending may add to a unit: "Stunden" to "Stundenlang", "saat" to "saattir".
_ENDING = {"tr": 7, "ko": 4, "hi": 2, "ar": 2}
_USUAL_ENDING = 2
_MARKED = frozenset({"ar", "hi"})
_DECLINED = frozenset({"cs", "pl"})
_LONG = 4
_BETWEEN = r"[\s\u00a0-]{0,3}"
_YEAR = r"(?<![\d.,])(?:1[0-9]|20)\d\d(?![\d.,]?\d)"
_DATES = (
    r"(?<!\d)\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{2,4}|\d{4}-\d\d-\d\d|\d{1,4}\s?[年년]|\d{1,2}\s?[月월]|\d{1,2}\s?[日일]"
    r"|[\u0660-\u0669]{4}"
)
_CLOCK = r"\d{1,2}[:.]\d\d|\d{1,2}\s?(?:[hH]|Uhr|時|时|点|點|시|บาท)"


@cache
def value_pattern(kind: str, language: str) -> re.Pattern[str] | None:
    """Return what the values of a kind look like in a language, or None where nothing is known of it."""
    make = _MAKERS.get(kind)
    return re.compile(make(language), re.IGNORECASE) if make else None


def _number(language: str) -> str:
    return number(language)


def _duration(language: str) -> str:
    each = _any(words_of("each", language), language)
    unit = _unit(Dimension.TIME, language)
    often = _any(words_of("often", language), language)
    return rf"{_measured(Dimension.TIME, language)}|{each}{_BETWEEN}{unit}|{often}"


def _length(language: str) -> str:
    return _measured(Dimension.LENGTH, language)


def _extent(language: str) -> str:
    return f"{_duration(language)}|{_length(language)}"


def _weight(language: str) -> str:
    return _measured(Dimension.MASS, language)


def _money(language: str) -> str:
    signs = "|".join(map(re.escape, sorted(unit_signs(language, Dimension.MONEY)))) or r"[$€£¥]"
    return rf"{_measured(Dimension.MONEY, language)}|(?:{signs})\s?\d"


def _date(language: str) -> str:
    return rf"{_YEAR}|{_DATES}|{_named_date(language)}"


def _moment(language: str) -> str:
    when = _any(words_of("when", language), language)
    return rf"{_date(language)}|{_CLOCK}|{when}|{_duration(language)}"


def _place(language: str) -> str:
    return _any(words_of("place", language), language)


def _reason(language: str) -> str:
    return _any(words_of("reason", language), language)


def _person(language: str) -> str:
    return _any(words_of("person", language), language)


_MAKERS: dict[str, Callable[[str], str]] = {
    "number": _number,
    "age": _number,
    "duration": _duration,
    "length": _length,
    "extent": _extent,
    "weight": _weight,
    "money": _money,
    "date": _date,
    "moment": _moment,
    "place": _place,
    "reason": _reason,
    "person": _person,
}


def _named_date(language: str) -> str:
    """Return a pattern of a month or weekday; where names are declined, the last letter may be another."""
    names: Iterable[str] = calendar_words(language)
    if language in _UNSPACED:
        return _alternatives(names)
    if language in _DECLINED:
        names = {name[:-1] if len(name) > _LONG else name for name in names}
    letter = _letter(language)
    return rf"(?<!{letter}){_alternatives(names)}{letter}{{0,3}}(?!{letter})"


def _letter(language: str) -> str:
    """Return a pattern of one letter: the marks of most languages are part of theirs."""
    return LETTER if language in _MARKED else r"\w"


def _measured(dimension: Dimension, language: str) -> str:
    """Return a pattern of a number with its unit behind it, or in brackets before it as in a table's row."""
    signs = "|".join(map(re.escape, sorted(unit_signs(language, dimension), key=len, reverse=True))) or "(?!)"
    unit, counted = _unit(dimension, language), number(language)
    behind = rf"{counted}{_BETWEEN}(?:{unit}|(?:{signs})(?!{_letter(language)}))"
    said = rf"{_any(words_of('each', language), language)}{_BETWEEN}"
    header = rf"[(\[（](?:{unit}|{signs})[)\]）][^\d;]{{0,3}}{FIGURES}"  # noqa: RUF001 - brackets as written
    return rf"{behind}|{header}" if dimension is not Dimension.LENGTH else rf"{behind}|{header}|{said}{unit}"


def _unit(dimension: Dimension, language: str) -> str:
    """Return a pattern of a word for a unit, with the ending that it may have."""
    words = _alternatives(unit_words(language, dimension))
    if language in _UNSPACED:
        return words
    letter = _letter(language)
    return rf"{words}{letter}{{0,{_ENDING.get(language, _USUAL_ENDING)}}}(?!{letter})"


def _any(words: Iterable[str], language: str) -> str:
    """Return a pattern of one of some words; one that begins with a hyphen is an ending."""
    whole: list[str] = []
    endings: list[str] = []
    for word in words:
        (endings if word.startswith("-") else whole).append(word.lstrip("-"))
    found = _alternatives(whole)
    if language in _UNSPACED:
        return found
    letter = _letter(language)
    bounded = rf"(?<!{letter}){found}(?!{letter})"
    return rf"(?:{bounded}|(?<={letter}){_alternatives(endings)}(?!{letter}))" if endings else bounded


def _alternatives(words: Iterable[str]) -> str:
    listed = sorted(words, key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(map(re.escape, listed))})" if listed else "(?!)"
