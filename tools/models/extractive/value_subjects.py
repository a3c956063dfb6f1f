"""Tell whether a value that a question asks for stands with what the question asks it of.

"The stall costs 35 euros" says nothing of the price of the bridge, and "84 metres long" nothing of its width.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from tools.lexicon.terms import stem, terms
from tools.models.extractive.answer_types import AnswerType, values
from tools.models.extractive.candidate import Candidate
from tools.models.extractive.inquiry import Inquiry


def _stems(words: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words.split())


# What only says of which kind the value is: its unit says the same.
_IMPLIED = {
    AnswerType.WEIGHT: _stems("heavy weigh weight light"),
    AnswerType.LENGTH: _stems("far deep tall wide thick high distance depth height width away reach go"),
    AnswerType.EXTENT: _stems("long length take last"),
    AnswerType.DURATION: _stems("long take last often frequently soon quickly duration"),
    AnswerType.AGE: _stems("old age"),
    AnswerType.MONEY: _stems("cost price much pay charge fee fare"),
    AnswerType.TEMPERATURE: _stems("hot cold warm temperature"),
    AnswerType.COLOUR: _stems("colour color paint"),
}
# How far something lies is said beside its height or width, without a word of its own.
_DIMENSIONS = (
    _stems("long length"),
    _stems("wide width broad breadth"),
    _stems("deep depth"),
    _stems("tall high height"),
    _stems("thick thickness"),
)
_MEASURED = frozenset({AnswerType.LENGTH, AnswerType.EXTENT})
TYPES = frozenset({*_IMPLIED, AnswerType.DATE, AnswerType.NUMBER})
"""The kinds of value of which this can be told."""


def with_subject(inquiry: Inquiry, candidate: Candidate) -> float:
    """Return how much of what is asked stands with a value of the kind asked for, in 0..1; 0 without one."""
    implied = _IMPLIED.get(inquiry.answer, frozenset())
    asked = {term: weight for term, weight in inquiry.weights.items() if term not in implied}
    around = candidate.subject.union(candidate.title)
    best = 0.0
    for start, end in candidate.parts:
        text = candidate.text[start:end]
        if values(inquiry.answer, text, inquiry.text):
            own = frozenset(terms(text))
            share = 0.0 if _is_of_another_dimension(inquiry, own) else _share(inquiry, asked, own | around)
            best = max(best, share)
    return best


def _share(inquiry: Inquiry, asked: dict[str, float], words: Iterable[str]) -> float:
    total = math.fsum(asked.values())
    if not total:
        return 1.0
    found = frozenset(words)
    return math.fsum(weight * inquiry.met(term, found) for term, weight in asked.items()) / total


def _is_of_another_dimension(inquiry: Inquiry, words: frozenset[str]) -> bool:
    if inquiry.answer not in _MEASURED:
        return False
    asked = [each for each in _DIMENSIONS if each & frozenset(inquiry.order)]
    others = [each for each in _DIMENSIONS if each not in asked]
    return bool(asked) and not any(each & words for each in asked) and any(each & words for each in others)
