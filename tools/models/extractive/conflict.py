"""Tell whether two statements about the same thing disagree."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tools.lexicon import stem, terms

_NUMBER = re.compile(r"(?<![\w.])\d+(?:[.,]\d+)*(?![\w])(?:\s*(?P<unit>%|[^\W\d_]+))?")
_WORDS = (  # noqa: SIM905 - a word list reads best as words
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen twenty"
).split()
_VALUES = {word: str(value) for value, word in enumerate(_WORDS)} | {
    "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "ninety": "90", "hundred": "100",
    "once": "1 time", "twice": "2 times", "half": "0.5",
}  # fmt: skip
_SPELT = re.compile(rf"\b(?:{'|'.join(_VALUES)})\b", re.IGNORECASE)
_NEGATION = re.compile(
    r"\b(?:not|never|no|none|nobody|nothing|neither|nor|cannot|without|\w+n['’]t)\b",  # noqa: RUF001 - typographic apostrophe
    re.IGNORECASE,
)
_OPPOSITES = (
    ("open", "closed"), ("allow", "forbid"), ("allowed", "forbidden"), ("accept", "reject"),
    ("always", "never"), ("enable", "disable"), ("enabled", "disabled"), ("before", "after"),
    ("increase", "decrease"), ("rise", "fall"), ("more", "less"), ("more", "fewer"),
    ("maximum", "minimum"), ("true", "false"),
    ("mandatory", "optional"), ("required", "optional"), ("fixed", "doubled"), ("first", "last"),
    ("synchronous", "asynchronous"), ("include", "exclude"), ("keep", "discard"), ("newest", "oldest"),
)  # fmt: skip
_SAME_TOPIC = 0.5
_SAME_WORDS = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Hold what a statement says: its topic words, quantities by unit, polarity and words of two poles."""

    topic: frozenset[str]
    quantities: dict[str, frozenset[str]]
    negated: bool
    stems: frozenset[str]


def statement(text: str) -> Statement:
    """Read a sentence as a statement; a number's unit is the word that follows it."""
    figures = _SPELT.sub(lambda match: _VALUES[match[0].lower()], text)
    quantities: dict[str, set[str]] = {}
    for match in _NUMBER.finditer(figures):
        value = match[0].split()[0].rstrip("%").replace(",", "")
        quantities.setdefault(_unit(match["unit"] or ""), set()).add(value)
    words = terms(figures)
    return Statement(
        topic=frozenset(word for word in words if not word[0].isdigit()),
        quantities={unit: frozenset(values) for unit, values in quantities.items()},
        negated=bool(_NEGATION.search(text)),
        stems=frozenset(stem(word) for word in re.findall(r"[^\W\d_]+", text.lower())),
    )


def same_topic(left: Statement, right: Statement) -> bool:
    """Tell whether most topic words of the shorter statement stand in the other."""
    return _overlap(left, right) >= _SAME_TOPIC


def disagree(left: Statement, right: Statement) -> bool:
    """Tell whether two statements of one topic differ in a quantity, in negation or by an opposite."""
    overlap = _overlap(left, right)
    if overlap >= _SAME_TOPIC and _other_quantity(left, right):
        return True
    return overlap >= _SAME_WORDS and (left.negated != right.negated) != _opposed(left, right)


def agree(left: Statement, right: Statement) -> bool:
    """Tell whether two statements say the same: one topic, the same quantities, the same polarity."""
    return (
        _overlap(left, right) >= _SAME_WORDS
        and left.negated == right.negated
        and not _other_quantity(left, right)
        and not _opposed(left, right)
    )


def _overlap(left: Statement, right: Statement) -> float:
    shorter = min(len(left.topic), len(right.topic))
    return len(left.topic & right.topic) / shorter if shorter > 1 else 0.0


def _other_quantity(left: Statement, right: Statement) -> bool:
    """Tell whether both give amounts in one unit and share none of them."""
    return any(
        not left.quantities[unit] & right.quantities[unit]
        for unit in left.quantities.keys() & right.quantities.keys()
    )


def _opposed(left: Statement, right: Statement) -> bool:
    return any(
        (stem(one) in left.stems and stem(other) in right.stems)
        or (stem(other) in left.stems and stem(one) in right.stems)
        for one, other in _OPPOSITES
        if not (left.stems & right.stems & {stem(one), stem(other)})
    )


def _unit(word: str) -> str:
    return stem("percent" if word in {"%", "per"} else word) if word else ""
