"""Tell what kind of answer a question wants (Li & Roth 2002), and where a text holds one."""

from __future__ import annotations

import re
from enum import StrEnum

from tools.lexicon.analysis_language import ENGLISH, current_language
from tools.lexicon.proper_names import names
from tools.lexicon.question_words import asked_for, has_capitals
from tools.lexicon.terms import terms
from tools.lexicon.value_patterns import value_pattern
from tools.linear_regex import LinearPattern

_SPELT = (
    r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|ninety"
    r"|hundreds?|thousands?|millions?|billions?|half|quarter|thirds?|twice|double|triple"
)
_UNITS = (
    r"rate|speed|size|length|number|percentage|per\s?cent|share|proportion|limit|level|threshold|price|cost"
    r"|amount|duration|interval|frequency|age|temperature|distance|budget|timeout|percentile|score|delay|quota"
    r"|capacity|bandwidth|height|width|depth|weight|memory|population|area|volume|count|total|port|default"
)
_TIME = (
    r"(?:milli|micro|nano)?seconds?|secs?|minutes?|mins?|hours?|days?|nights?|weeks?|fortnights?|months?|quarters?"
    r"|years?|decades?|centur(?:y|ies)|pay\s+periods?"
)
_MONTHS = (
    r"january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun"
    r"|jul|aug|sept?|oct|nov|dec"
)
_DAYS = r"monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_ASKS = r"\b(?:what|which|who|whom|whose|why|how|where)\b"
_NUMBER = re.compile(
    r"(?<![\w.#/'])[$€£¥+-]?\d[\d.,]*(?:\s?%|[a-zµ]{1,4}\b)?(?!\w)|[x]'[0-9a-f]{2}'"
    rf"|\b(?:{_SPELT}|one(?!\s+of\b)|no|zero|unlimited|none)\b",
    re.IGNORECASE,
)
_DURATION = re.compile(
    r"\((?:milliseconds|seconds|minutes|hours|days|weeks|months|years|ms|s|min|h|d)\)\W{0,3}\d|"
    rf"(?:(?<!\d)\d[\d.,]{{0,30}}+|\b(?:{_SPELT}|one|an?|each|every|per|few|several))[\s-]++"
    rf"(?:\w++[\s-]++)??(?:{_TIME})\b"
    r"|\b\d[\d.,]{0,30}+\s?(?:ms|µs|ns|s|min|m|h|d)\b|\b(?:once|twice|hourly|daily|weekly|bi-?weekly|monthly|quarterly"
    r"|yearly|annual(?:ly)?|never|always|forever|indefinitely|immediately|at once|as soon as"
    r"|right away|periodically)\b"
    r"|\b\w+_(?:seconds|minutes|hours|days)\b",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"[$€£¥]\s?\d|\b\d[\d.,]{0,30}+\s?(?:[$€£¥]|(?:dollars?|euros?|pounds?|cents?|pence|francs?|crowns?|kron[eo]r|rupees?"
    r"|yen|usd|eur|gbp|chf)\b)|\bfree\b",
    re.IGNORECASE,
)
_LENGTHS = (
    r"(?:kilo|centi|milli|micro|nano)?met(?:re|er)s?|km|cm|mm|m|miles?|feet|foot|ft|inch(?:es)?|yards?|steps?|pages?|words?"
    r"|lines?|characters?|letters?|bytes?|octets?|bits?|blocks?|storeys?|floors?"
)
_WEIGHTS = r"(?:kilo|milli)?grams?|grammes?|kilos?|kg|mg|g|tons?|tonnes?|t|pounds?|lbs?|ounces?|oz|stone"
_AGES = r"years?|months?|decades?|centur(?:y|ies)|generations?"
_DEGREES = r"°\s?[CFK]?|degrees?|celsius|fahrenheit|kelvin|K"
_COLOUR = re.compile(
    r"\b(?:black|white|gr[ae]y|red|blue|green|yellow|orange|brown|purple|violet|pink|gold(?:en)?|silver|beige|turquoise"
    r"|ivory|cream|crimson|scarlet|navy|teal|ochre|amber|copper|bronze|colou?rless|transparent)\b|#[0-9a-f]{6}\b",
    re.IGNORECASE,
)


def _measured(units: str) -> str:
    """Return a pattern of a figure with one of some units behind it, or with the unit in its label."""
    figure = rf"(?:(?<!\d)\d[\d.,]{{0,30}}+|\b(?:{_SPELT}|one|an?|half))"
    return rf"{figure}[\s-]{{0,3}}+(?:{units})(?!\w)|\((?:{units})\)[^;\n\d]{{0,20}}\d"


_LENGTH = re.compile(_measured(_LENGTHS), re.IGNORECASE)
_WEIGHT = re.compile(_measured(_WEIGHTS), re.IGNORECASE)
_TEMPERATURE = re.compile(_measured(_DEGREES), re.IGNORECASE)
_DATE = re.compile(
    rf"\b(?:{_MONTHS})\.?\s+\d{{1,4}}\b|\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{_MONTHS})\b|\b(?:19|20)\d\d\b"
    rf"|\b\d{{4}}-\d\d(?:-\d\d)?\b|\b\d{{1,2}}/\d{{1,2}}/\d{{2,4}}\b|\b(?:{_DAYS})s?\b|\b(?:{_MONTHS})\b(?=\W*$)",
    re.IGNORECASE,
)
_EXTENT = re.compile(f"{_DURATION.pattern}|{_LENGTH.pattern}", re.IGNORECASE)
_AGE = re.compile(rf"{_measured(_AGES)}|{_DATE.pattern}|\b\d+th[\s-]century\b", re.IGNORECASE)
_MOMENT = re.compile(
    rf"{_DATE.pattern}|\b(?:after|before|when|until|as soon as|during|each|every|while|whenever|if|unless"
    rf"|today|once|since|starting|upon|on|yesterday|tomorrow|morning|evening|night|{_TIME})\b|\bv?\d+\.\d+",
    re.IGNORECASE,
)
_VERSION = re.compile(
    r"(?<![\w.])v?\d+\.\d+(?:\.(?:\d+|x))*(?!\w)|\bv\d+\b|\b(?:version|release)s?\s+\d+", re.IGNORECASE
)
_PLACE = re.compile(
    r"\b(?:in|at|on|under|from|to|into|inside|near|within|by|via|through)\s|[/\\~]|https?:|\b\w+\.\w{2,4}\b",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\b(?:because|so that|since|otherwise|therefore|in order|reason|as a result|thus|hence|due to|lest|would"
    r"|to avoid|to keep|to prevent|to ensure|to allow|without|leads? to|causes?d?|cannot"
    r"|which means|means that"
    r"|so|if)\b|;|:",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\b(?:teams?|owners?|reviewers?|operators?|engineers?|managers?|officers?|persons?|people|members?|groups?"
    r"|users?|callers?|authors?|directors?|founders?|presidents?|ceo|editors?|customers?|administrators?|he|she"
    r"|nobody|everyone|anyone|somebody|someone|committees?|departments?|maintainers?|supervisors?|leads?"
    r"|compan(?:y|ies)|firms?|organi[sz]ations?|agenc(?:y|ies)|institutes?|universit(?:y|ies)|schools?|museums?"
    r"|workshops?|foundations?|offices?|co-?operatives?|famil(?:y|ies)|clubs?|societ(?:y|ies)|associations?|trusts?|towns?|villages?|parish(?:es)?|heirs?|boards?|councils?|ministr(?:y|ies)|communit(?:y|ies)|volunteers?)\b",
    re.IGNORECASE,
)


class AnswerType(StrEnum):
    """Name what a question asks for."""

    PERSON = "person"
    DURATION = "duration"
    EXTENT = "extent"
    AGE = "age"
    MONEY = "money"
    LENGTH = "length"
    WEIGHT = "weight"
    TEMPERATURE = "temperature"
    COLOUR = "colour"
    NUMBER = "number"
    DATE = "date"
    MOMENT = "moment"
    VERSION = "version"
    PLACE = "place"
    REASON = "reason"
    ANY = "any"


_BE = r"(?:(?:is|are|was|were)\s+)?"
_NUMBERED = r"ports?|codes?|numbers?|values?|percentage|targets?"
_PAID = r"cost|costs|spend|pay|paid|price|charged?"
_SIZES = r"many|much|big|large|high|fast|small|strong"
_SPANS = r"timeout|interval|delay|duration|lifetime|age"
_THE = r"(?:(?:the|its)\s+)?(?:[\w-]+\s+)"
_WHAT = rf"\b(?:what|which)\s+{_BE}"
_UNASKED = rf"^(?:(?!{_ASKS}).)*\bwhen\b"
_ASKED = (
    (AnswerType.AGE, r"\bhow\s+old\b|\bwhat\s+age\b"),
    (
        AnswerType.EXTENT,
        r"\bhow\s+long\s+(?:is|are|was|were)\b|\bhow\s+long\s+(?:may|can|must|should)\b[^?]*\bbe\b",
    ),
    (AnswerType.DURATION, r"\bhow\s+(?:long|soon|quickly|often|frequently)\b"),
    (AnswerType.COLOUR, r"\b(?:what|which)\s+colou?rs?\b|\bcolou?r\s+(?:is|are|of|does|do)\b"),
    (
        AnswerType.WEIGHT,
        r"\bhow\s+heavy\b|\bhow\s+much\b[^?]*\bweighs?\b|\b(?:what|which)\b[^?]*\b(?:weighs?|weight)\b",
    ),
    (
        AnswerType.TEMPERATURE,
        r"\bhow\s+(?:hot|cold|warm)\b|\b(?:what|which)\s+(?:[\w-]+\s+){0,3}temperature\b",
    ),
    (AnswerType.LENGTH, r"\bhow\s+(?:far|deep|tall|wide|thick)\b"),
    (AnswerType.DURATION, rf"{_WHAT}{_THE}{{0,3}}(?:{_SPANS})\b"),
    (
        AnswerType.MONEY,
        (
            rf"\bhow\s+much\s+(?:money|revenue|profit)\b|{_WHAT}{_THE}{{0,3}}?(?:price|fees?|fares?|fine|rent|salary)\b"
            r"|\bwhat\s+(?:does|do|did|will)\b[^?]*\bcosts?\b|\bhow\s+much\s+(?:is|are|was|were)\b"
            rf"|\bhow\s+much\s+(?:does|do|did|will|is|are|was|must)\b.*\b(?:{_PAID})\b"
        ),
    ),
    (
        AnswerType.DATE,
        (rf"\b(?:what|which)\s+(?:exact\s+)?(?:date|day|year|month)\b|{_UNASKED}\s+(?:did|was|were|will)\b"),
    ),
    (AnswerType.VERSION, r"\b(?:what|which|since|from)(?:\s+[\w./-]+){0,4}\s+(?:versions?|releases?)\b"),
    (AnswerType.NUMBER, rf"\bhow\s+(?:{_SIZES})\b"),
    (AnswerType.NUMBER, rf"{_WHAT}{_THE}{{0,3}}?(?:{_UNITS})\b"),
    (
        AnswerType.MOMENT,
        rf"{_UNASKED}|[.;?]\s+when\b|\b(?:what|which)\s+(?:time|century|decade|week|hour)\b",
    ),
    (AnswerType.REASON, r"\bwhy\b|\bwhat\s+(?:is|was)\s+the\s+reason\b|\bfor\s+what\s+reason\b"),
    (AnswerType.PERSON, r"\bwho(?:m|se)?\b"),
    (AnswerType.PLACE, r"\bwhere\b"),
    (AnswerType.NUMBER, rf"{_WHAT}(?:the\s+)?(?:[\w-]+\s+){{0,2}}(?:{_NUMBERED})\b"),
)
# Where no price follows, Python's engine would read the rest of a question again from each "how much".
_FAR = frozenset({AnswerType.MONEY, AnswerType.WEIGHT, AnswerType.EXTENT})  # these look far ahead
_ASKING = tuple((kind, LinearPattern(said) if kind in _FAR else re.compile(said)) for kind, said in _ASKED)
_FOCUS = re.compile(
    r"\b(?:(?:what|which|whose)(?:\s+(?:is|are|was|were)\s+(?:the|its|their|a|an))?|how\s+(?:many|much))\s+"
    r"(?P<noun>[\w'-]+(?:\s+[\w'-]+){0,3})",
    re.IGNORECASE,
)
_MEASURE = re.compile(rf"(?:{_UNITS}|{_NUMBERED}|date|year|versions?|releases?|time)s?", re.IGNORECASE)


def expected(question: str) -> AnswerType:
    """Return the answer type of the first question word that has one."""
    if (language := current_language()) != ENGLISH:
        return _expected_in(question, language)
    folded = question.lower()
    found = [
        (match.start(), at) for at, (_, pattern) in enumerate(_ASKING) if (match := pattern.search(folded))
    ]
    return _ASKING[min(found)[1]][0] if found else AnswerType.ANY


# What a question in another language asks for, where its name is not that of the type.
_NAMED = {
    "frequency": AnswerType.DURATION,
    "high": AnswerType.NUMBER,
    "height": AnswerType.LENGTH,
    "depth": AnswerType.LENGTH,
    "width": AnswerType.LENGTH,
    "long": AnswerType.EXTENT,
    "people": AnswerType.NUMBER,
    "price": AnswerType.MONEY,
    "year": AnswerType.DATE,
    **{kind.value: kind for kind in AnswerType},
}


def _expected_in(question: str, language: str) -> AnswerType:
    """Return the answer type by the question words of a language; of names only where capitals tell them."""
    found = asked_for(question, language)
    kind = _NAMED.get(found[0], AnswerType.ANY) if found else AnswerType.ANY
    return AnswerType.ANY if kind is AnswerType.PERSON and not has_capitals(language) else kind


def focus(question: str) -> frozenset[str]:
    """Return the stems of the noun a question asks for ("which embedding model" wants a model).

    A measure ("at what speed") is left out: its value stands for it.
    """
    found: list[str] = []
    match = _FOCUS.search(question)
    for word in match["noun"].split() if match else ():
        if not terms(word):
            break
        found.append(word)
    return frozenset(terms(" ".join(word for word in found if not _MEASURE.fullmatch(word))))


def values(kind: AnswerType, text: str, asked: str) -> list[int]:
    """Return where a text holds answers of a type that the question did not itself contain."""
    if kind is AnswerType.PERSON:
        named = [start for start, end in names(text) if text[start:end] not in asked]
        return named or [match.start() for match in _pattern(kind).finditer(text)]
    said = set(asked.lower().split()) if kind in _UNSAID else set()
    return [match.start() for match in _pattern(kind).finditer(text) if match[0].lower() not in said]


def _pattern(kind: AnswerType) -> re.Pattern[str]:
    language = current_language()
    return _HOLDING[kind] if language == ENGLISH else value_pattern(kind, language) or _HOLDING[kind]


def holds(kind: AnswerType, text: str, asked: str) -> bool:
    """Tell whether a text holds an answer of a type that the question did not itself contain."""
    return kind is AnswerType.ANY or bool(values(kind, text, asked))


_UNSAID = frozenset({AnswerType.NUMBER, AnswerType.VERSION, AnswerType.DATE})
_HOLDING = {
    AnswerType.PERSON: _ROLE,
    AnswerType.DURATION: _DURATION,
    AnswerType.EXTENT: _EXTENT,
    AnswerType.AGE: _AGE,
    AnswerType.MONEY: _MONEY,
    AnswerType.LENGTH: _LENGTH,
    AnswerType.WEIGHT: _WEIGHT,
    AnswerType.TEMPERATURE: _TEMPERATURE,
    AnswerType.COLOUR: _COLOUR,
    AnswerType.NUMBER: _NUMBER,
    AnswerType.DATE: _DATE,
    AnswerType.MOMENT: _MOMENT,
    AnswerType.VERSION: _VERSION,
    AnswerType.PLACE: _PLACE,
    AnswerType.REASON: _REASON,
}
