"""Words for units, money, months and weekdays in a language, as the Unicode CLDR lists them (babel)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cache
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.numbers import format_currency
from babel.units import format_unit


class Dimension(StrEnum):
    """Name what is measured."""

    TIME = "time"
    LENGTH = "length"
    MASS = "mass"
    MONEY = "money"


_UNITS = {
    Dimension.TIME: [
        "second",
        "minute",
        "hour",
        "day",
        "night",
        "week",
        "month",
        "year",
        "decade",
        "century",
        "quarter",
        "millisecond",
    ],
    Dimension.LENGTH: [
        "kilometer",
        "meter",
        "centimeter",
        "millimeter",
        "mile",
        "foot",
        "inch",
        "yard",
        "nautical-mile",
    ],
    Dimension.MASS: ["tonne", "kilogram", "gram", "milligram", "pound", "ounce"],
}
_PREFIX = {Dimension.TIME: "duration", Dimension.LENGTH: "length", Dimension.MASS: "mass"}
_CURRENCIES = [
    "EUR",
    "USD",
    "GBP",
    "CHF",
    "JPY",
    "CNY",
    "KRW",
    "INR",
    "THB",
    "TRY",
    "PLN",
    "CZK",
    "RUB",
    "BRL",
    "MXN",
    "SEK",
    "NOK",
    "DKK",
    "EGP",
    "SAR",
    "AED",
]
# What people say for short, where the CLDR has the full name alone.
_EVERYDAY = {
    Dimension.MONEY: {
        "ar": "دولار يورو جنيه", "cs": "korun kč eur", "de": "cent rappen", "es": "centavos céntimos",
        "fr": "centimes", "hi": "रुपये रुपए डॉलर यूरो", "ja": "円 ドル ユーロ ポンド", "ko": "원 달러 유로",
        "pl": "zł groszy", "th": "บาท ดอลลาร์ ยูโร ปอนด์", "tr": "avro euro lira dolar kuruş",
        "zh": "元 块 美元 欧元 英镑",
    },
    Dimension.MASS: {
        "ar": "طن أطنان كيلو", "cs": "kilo kila tun tuny", "de": "kilo tonne",
        "es": "kilo kilos tonelada toneladas",
        "fr": "kilo kilos tonne tonnes", "hi": "टन किलो", "it": "chilo chili tonnellata tonnellate",
        "ja": "トン キロ", "ko": "톤 킬로", "nl": "kilo ton", "pl": "kilo ton tony",
        "pt": "quilo quilos tonelada",
        "th": "ตัน กิโล", "tr": "kilo ton", "zh": "吨 公斤 斤",
    },
    Dimension.LENGTH: {"zh": "米 公里 里", "ja": "キロ", "ko": "킬로"},
    Dimension.TIME: {"cs": "hodin", "de": "nächte", "zh": "天 日 小时", "ja": "分間 日間 時間"},
}  # fmt: skip
# One of each number that some language counts apart (plural rules of the CLDR).
_COUNTS = (1, 2, 3, 5, 11, 100, 1.5)
_PLACEHOLDER = re.compile(r"[\d.,\u066b\u0660-\u0669\u200e\u200f\s\u00a0\u202f]+")
_SHORTEST = 2


@cache
def unit_words(language: str, dimension: Dimension) -> frozenset[str]:
    """Return the words for the units of a dimension in all numbers; none in a language the CLDR lacks."""
    locale = _locale(language)
    if locale is None:
        return frozenset()
    everyday = _EVERYDAY[dimension].get(language, "").split()
    if dimension is Dimension.MONEY:
        return frozenset((*_money(locale), *everyday))
    made = frozenset((*_measures(locale, dimension, "long"), *_measures(locale, dimension, "short")))
    return frozenset(word for word in made if len(word) > _longest_sign(language)).union(everyday)


@cache
def unit_signs(language: str, dimension: Dimension) -> frozenset[str]:
    """Return how units are shortened behind a number: `km`, `Std.`; a currency by its sign and its code."""
    locale = _locale(language)
    if locale is None:
        return frozenset()
    if dimension is Dimension.MONEY:
        return frozenset((*_CURRENCIES, *(locale.currency_symbols.get(code, code) for code in _CURRENCIES)))
    return frozenset((*_measures(locale, dimension, "short"), *_measures(locale, dimension, "narrow")))


@cache
def calendar_words(language: str) -> frozenset[str]:
    """Return the names of months and weekdays, spelt out."""
    locale = _locale(language)
    if locale is None:
        return frozenset()
    forms = (*locale.months.values(), *locale.days.values())
    names = (name for form in forms for name in form["wide"].values())
    return frozenset(name.lower() for name in names if not name.isdecimal())


def _locale(language: str) -> Locale | None:
    try:
        return Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return None


def _longest_sign(language: str) -> int:
    """Return how many letters only shorten a unit; signs of Han are words of their own."""
    return 0 if language in {"zh", "ja", "ko"} else 2


def _measures(
    locale: Locale, dimension: Dimension, length: Literal["short", "long", "narrow"]
) -> Iterator[str]:
    for unit in _UNITS[dimension]:
        name = f"{_PREFIX[dimension]}-{unit}"
        told = (_bare(format_unit(count, name, length, locale=locale)) for count in _COUNTS)
        # babel gives the name back where the CLDR has no form of this length.
        yield from (word for word in told if word and word != name)


def _money(locale: Locale) -> Iterator[str]:
    """Yield the first and last word of each name, since "US-Dollar" and "dollar canadien" are dollars."""
    for code in _CURRENCIES:
        for count in _COUNTS:
            named = _bare(format_currency(count, code, format_type="name", locale=locale))
            yield from _ends(re.split(r"[\s-]", named))


def _ends(words: list[str]) -> Iterable[str]:
    return (word for word in (words[0], words[-1]) if len(word) >= _SHORTEST)


def _bare(told: str) -> str:
    """Take the number off a unit."""
    return _PLACEHOLDER.sub(" ", told).strip().lower()
