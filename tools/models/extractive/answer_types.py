"""Tell what kind of answer a question wants, and whether a text holds one (Li & Roth 2002)."""

from __future__ import annotations

import re
from enum import StrEnum

from tools.lexicon.proper_names import names
from tools.lexicon.terms import terms
from tools.linear_regex import LinearPattern

_SPELT = (
    r"zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty"
    r"|ninety|hundred|thousand|million|billion|half|quarter|thirds?|once|twice|double|daily|weekly|monthly|yearly"
    r"|hourly|annually|never|none|no"
)
_UNITS = (
    r"rate|speed|size|length|number|percentage|per\s?cent|share|proportion|limit|level|threshold|price|cost"
    r"|amount|duration|interval|frequency|age|temperature|distance|budget|timeout|percentile|score"
)
_MOMENTS = r"year|date|day|month|time|century|decade|week|hour"
_ASKS = r"\b(?:what|which|who|whom|whose|why|how|where)\b"
_NUMBER = re.compile(rf"\d[\d.,]*|\b(?:{_SPELT})\b", re.IGNORECASE)
_DURATION = re.compile(
    r"\b(?:milli|micro|nano)?seconds?\b|\b(?:minute|hour|day|week|month|quarter|year|decade|centur(?:y|ie))s?\b"
    r"|\d\s*(?:ms|s|min|h)\b|\b(?:once|twice|daily|weekly|monthly|yearly|hourly|annually|never|always|every|each"
    r"|until|forever|indefinitely|immediately|at once)\b|\btimes?\b|_(?:seconds|minutes|hours|days)\b",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"[$€£¥]|\b(?:dollars?|euros?|pounds?|cents?|yen|usd|eur|gbp|price|cost|free)\b", re.IGNORECASE
)
_MOMENT = re.compile(
    rf"\d|\b(?:{_SPELT}|january|february|march|april|june|july|august|september|october|november|december"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday|after|before|when|until|as soon as|during"
    r"|each|every|while|whenever|if|unless|today|yesterday|tomorrow|morning|evening|night)\b",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\b(?:because|so that|since|otherwise|therefore|in order|reason|as a result|thus|hence|due to|lest|would"
    r"|to avoid|to keep|to prevent|without|leads? to|causes?d?|cannot|which means|means that|so)\b|;|:",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\b(?:teams?|owners?|reviewers?|operators?|engineers?|managers?|officers?|persons?|people|members?|groups?"
    r"|users?|callers?|authors?|directors?|founders?|presidents?|ceo|editors?|customers?|administrators?|he|she"
    r"|nobody|everyone|anyone|somebody|someone|committees?|departments?)\b",
    re.IGNORECASE,
)


class AnswerType(StrEnum):
    """Name what a question asks for."""

    PERSON = "person"
    DURATION = "duration"
    MONEY = "money"
    NUMBER = "number"
    MOMENT = "moment"
    REASON = "reason"
    ANY = "any"


_BE = r"(?:(?:is|are|was|were)\s+)?"
_ASKED = (
    (AnswerType.DURATION, r"\bhow\s+(?:long|soon|old|quickly|often)\b"),
    (AnswerType.MONEY, r"\bhow\s+much\b.*\b(?:money|revenue|profit|cost|spend|pay|paid|price)\b"),
    (AnswerType.NUMBER, r"\bhow\s+(?:many|much|far|big|large|high|fast|tall|deep)\b"),
    (AnswerType.NUMBER, rf"\b(?:what|which)\s+{_BE}(?:(?:the|its)\s+)?(?:[\w-]+\s+){{,2}}(?:{_UNITS})"),
    (AnswerType.MOMENT, rf"^(?:(?!{_ASKS}).)*\bwhen\b|[.;?]\s+when\b|\b(?:what|which)\s+(?:{_MOMENTS})\b"),
    (AnswerType.REASON, r"\bwhy\b|\bwhat\s+(?:is|was)\s+the\s+reason\b|\bfor\s+what\s+reason\b"),
    (AnswerType.PERSON, r"\bwho(?:m|se)?\b"),
)  # fmt: skip
# Where no price follows, Python's engine would read the rest of a question again from each "how much".
_ASKING = tuple(
    (kind, LinearPattern(said) if kind is AnswerType.MONEY else re.compile(said)) for kind, said in _ASKED
)
_FOCUS = re.compile(
    r"\b(?:(?:what|which|whose)(?:\s+(?:is|are|was|were)\s+(?:the|its|their|a|an))?|how\s+(?:many|much))\s+"
    r"(?P<noun>[\w'-]+(?:\s+[\w'-]+){0,3})",
    re.IGNORECASE,
)
_MEASURE = re.compile(rf"(?:{_UNITS}|{_MOMENTS})s?", re.IGNORECASE)


def expected(question: str) -> AnswerType:
    """Return the answer type of the first question word that has one."""
    folded = question.lower()
    found = [
        (match.start(), at) for at, (_, pattern) in enumerate(_ASKING) if (match := pattern.search(folded))
    ]
    return _ASKING[min(found)[1]][0] if found else AnswerType.ANY


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


def holds(kind: AnswerType, text: str, asked: str) -> bool:
    """Tell whether a text holds an answer of a type that the question did not itself contain."""
    if kind is AnswerType.PERSON:
        named = (text[start:end] for start, end in names(text))
        return bool(_ROLE.search(text)) or any(name not in asked for name in named)
    if kind is AnswerType.NUMBER:
        return any(match[0].lower() not in asked.lower().split() for match in _NUMBER.finditer(text))
    pattern = _HOLDING.get(kind)
    return pattern is None or bool(pattern.search(text))


_HOLDING = {
    AnswerType.DURATION: _DURATION,
    AnswerType.MONEY: _MONEY,
    AnswerType.MOMENT: _MOMENT,
    AnswerType.REASON: _REASON,
}
