"""Read the amounts of a sentence, in base units, as intervals."""

# ruff: noqa: E501 - a pattern and a list read best on one line

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from tools.statements.synonyms import fold, is_content

_TABLE = """
length: mm millimetre millimeter=0.001 cm centimetre centimeter=0.01 m metre meter=1 km kilometre kilometer=1000
length: inch inches=0.0254 foot feet ft=0.3048 yard=0.9144 mile=1609.344
mass: mg milligram milligramme=0.000001 g gram gramme=0.001 kg kilo kilogram kilogramme=1 tonne=1000
time: ms millisecond=0.001 s sec second=1 min minute=60 h hr hour=3600 day=86400 week=604800
months: month=1 year=12
volume: ml millilitre milliliter=0.001 cl centilitre=0.01 l litre liter=1
data: byte=1 kb kilobyte=1000 mb megabyte=1000000 gb gigabyte=1000000000 tb terabyte=1000000000000
ratio: % percent per\u00a0cent=1
temperature: degree degrees\u00a0celsius degree\u00a0celsius °c °=1
charge: mah milliampere\u00a0hour=0.001 ah ampere\u00a0hour=1
power: w watt=1 kw kilowatt=1000 megawatt=1000000
voltage: v volt=1 kv kilovolt=1000
frequency: hz hertz=1 khz kilohertz=1000 mhz megahertz=1000000 ghz gigahertz=1000000000
dollar: $ dollar usd=1 cent=0.01
euro: € euro eur=1
pound: £ pound gbp=1
times: time=1
"""
_WORDS = {
    "length": "long measure distance", "mass": "weigh heavy load", "time": "last duration time long take run wait",
    "months": "last duration time long take run wait", "volume": "volume hold capacity contain",
    "temperature": "temperature point", "dollar": "price pay cost", "euro": "price pay cost", "pound": "price pay cost",
    "data": "memory size storage", "clock": "open close begin end", "#": "carry hold contain seat",
}  # fmt: skip
DIMENSION_WORDS = {name: frozenset(map(fold, words.split())) for name, words in _WORDS.items()}
"""The words that only say what an amount is of: "is 3 m long", "measures 3 m"."""

_UNIT: dict[str, tuple[str, float]] = {}
for _line in _TABLE.strip().splitlines():
    _kind, _, _units = _line.partition(": ")
    _names: list[str] = []
    for _part in _units.split(" "):
        _name, _, _factor = _part.partition("=")
        _names.append(_name.replace("\u00a0", " "))
        if _factor:
            _UNIT |= {_each: (_kind, float(_factor)) for _each in _names}
            _names = []
_PLURAL = {f"{unit}s": known for unit, known in _UNIT.items() if unit.isalpha() and len(unit) > 3}  # noqa: PLR2004
_UNIT |= _PLURAL
UNITS = "|".join(re.escape(unit) for unit in sorted(_UNIT, key=len, reverse=True))
"""A pattern of every unit that is known."""
_VALUE = r"\d{1,15}(?:[.,]\d{1,15}){0,4}"
_BOUND = {
    "at least": ">", "no less than": ">", "no fewer than": ">", "not less than": ">", "minimum of": ">",
    "more than": ">", "over": ">", "above": ">", "exceeding": ">", "exceeds": ">", "exceed": ">",
    "at most": "<", "no more than": "<", "not more than": "<", "up to": "<", "maximum of": "<", "below": "<",
    "less than": "<", "fewer than": "<", "under": "<", "within": "<", "not exceed": "<", "never exceed": "<",
    "about": "~", "around": "~", "roughly": "~", "approximately": "~", "nearly": "~", "almost": "~", "some": "~",
    "circa": "~", "ca.": "~",
}  # fmt: skip
_BOUNDS = "|".join(re.escape(word) for word in sorted(_BOUND, key=len, reverse=True))
_AMOUNT = re.compile(
    rf"(?:\b(?P<bound>{_BOUNDS}) |\b(?:between|from) )?(?P<minus>(?<![\w)\]])[-\u2212](?=\d))?(?P<sign>[$€£])?(?<![\w.])(?P<low>{_VALUE})"
    rf"(?: ?(?:{UNITS})? ?(?:to|and|or|-|–) ?[$€£]?(?P<high>{_VALUE}))?"  # noqa: RUF001 - the dash of a range
    rf"(?:(?: ?|-)(?P<unit>{UNITS})(?![^\W\d_])|(?![\w])(?: (?P<noun>[^\W\d_]+))?)"
    r"(?P<more> or (?:more|less|fewer|longer))?",
    re.IGNORECASE,
)
_RATE = re.compile(
    r"\b(?:(?:per|an?|each|every) (second|minute|hour|day|night|evening|week|month|quarter|year)s?"
    r"|(hourly|daily|nightly|weekly|monthly|yearly|annually))\b|/ ?(s|min|h|day|week|month|year)\b",
    re.IGNORECASE,
)
_ADVERBS = {"daily": "day", "annually": "year", "s": "second", "min": "minute", "h": "hour"}
_NEAR = 0.1
_SAME = 0.005
_LOOSE = 0.05  # of bytes: a kilobyte is 1,000 or 1,024


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """Hold an amount from `low` to `high` in the base unit of its dimension; "#box" counts boxes."""

    dimension: str
    low: float
    high: float

    def meets(self, other: Quantity) -> bool:
        """Tell whether both may be the same amount."""
        slack = (_LOOSE if self.dimension == "data" else _SAME) * max(abs(self.low), abs(other.low))
        return self.low <= other.high + slack and other.low <= self.high + slack

    def equals(self, other: Quantity) -> bool:
        """Tell whether both are the same amount; what is counted is not rounded, as converted units are."""
        if self.dimension == "" or self.dimension.startswith("#"):
            return (self.low, self.high) == (other.low, other.high)
        return _close(self.low, other.low) and _close(self.high, other.high)


def quantities(text: str) -> tuple[tuple[Quantity, ...], frozenset[str], str]:
    """Return the amounts of a sentence in digits, how often they recur ("day"), and the rest of it."""
    found: list[Quantity] = []
    rates: set[str] = set()

    def rated(match: re.Match[str]) -> str:
        word = next(filter(None, match.groups())).lower()
        rates.add(_ADVERBS.get(word, word.removesuffix("ly")))
        return " "

    def counted(match: re.Match[str]) -> str:
        found.append(_quantity(match))
        noun = match["noun"] or ""
        return f" {noun} " if noun and not is_content(noun) else " "

    rest = _RATE.sub(rated, text)
    if any(map(str.isdigit, rest)):
        rest = _AMOUNT.sub(counted, " ".join(rest.split()))
    if rates:  # "once a day" is daily
        found = [one for one in found if (one.dimension, one.low, one.high) != ("times", 1.0, 1.0)]
    return tuple(found), frozenset(rates), " ".join(rest.split())


def _quantity(match: re.Match[str]) -> Quantity:
    dimension, factor = _dimension(match)
    low = _number(match["low"]) * (-factor if match["minus"] else factor)
    high = _number(match["high"]) * factor if match["high"] else low
    bound = _BOUND.get(" ".join((match["bound"] or "").lower().split()), "")
    more = (match["more"] or "").strip().lower()
    if bound == ">" or more.endswith(("more", "longer")):
        high = math.inf
    elif bound == "<" or more.endswith(("less", "fewer")):
        low = -math.inf
    elif bound == "~":
        low, high = low - _NEAR * abs(low), high + _NEAR * abs(high)
    return Quantity(dimension=dimension, low=min(low, high), high=max(low, high))


def _dimension(match: re.Match[str]) -> tuple[str, float]:
    unit = match["sign"] or match["unit"]
    if unit:
        return _UNIT[" ".join(unit.lower().split())]
    noun = match["noun"] or ""
    return (f"#{fold(noun)}" if noun and is_content(noun) else ""), 1.0


def _number(text: str) -> float:
    """Read 1,500 as a grouped number and 1,5 as a decimal one."""
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", text):
        return float(text.replace(",", ""))
    whole, _, part = text.replace(",", ".").partition(".")
    return float(f"{whole}.{part.replace('.', '') or 0}")


def _close(left: float, right: float) -> bool:
    return left == right or (math.isfinite(left) and math.isclose(left, right, rel_tol=_SAME))
