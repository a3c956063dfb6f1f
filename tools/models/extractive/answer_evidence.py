"""Describe by a few numbers whether a candidate has the kind and form of answer asked for; each in 0..1."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tools.lexicon.terms import terms, tokens
from tools.linear_regex import LinearPattern
from tools.models.extractive.abbreviations import asked, expands
from tools.models.extractive.answer_types import AnswerType, holds, values
from tools.models.extractive.candidate import Candidate, Unit
from tools.models.extractive.coverage_features import said_share, strict_share
from tools.models.extractive.inquiry import Inquiry
from tools.models.extractive.row_cells import Cell, answering, cells
from tools.models.extractive.shapes import Shape, has_shape

NAMES = (
    "mistyped",  # lacks the kind of answer that is asked for
    "mistyped_value",  # and that kind is a value: a person, a figure, a date, a version
    "typed",  # a kind of answer is asked for, and it has it
    "counted",  # a number of things is asked for, and it has a figure beside them
    "miscounted",  # a number of things is asked for, and it has none
    "unknown_untyped",  # share of unknown terms where no kind of answer is asked for
    "valued",  # weight of the question's terms in the part that holds a value, and its subject
    "valued_near",  # weight of the question's terms within a few words of a value
    "value_strict",  # share of the names and figures asked for where the value stands, and in its subject
    "shapeless",  # lacks the form of answer that is asked for
    "shaped",  # a form of answer is asked for, and it has it
    "expands",  # says what the abbreviation asked for stands for
    "defining",  # a definition is asked for, and it begins with what is asked about and says what that is
    "defines",  # a definition is asked for, and it is the first under a heading that names it
)
_CLOSE = 45  # characters
_BEFORE, _BEHIND = 25, 30  # characters beside a figure in which what is counted stands
_MOST_VALUES = 6
_VALUES = frozenset(
    {
        AnswerType.PERSON,
        AnswerType.DURATION,
        AnswerType.EXTENT,
        AnswerType.AGE,
        AnswerType.MONEY,
        AnswerType.LENGTH,
        AnswerType.WEIGHT,
        AnswerType.TEMPERATURE,
        AnswerType.COLOUR,
        AnswerType.DATE,
        AnswerType.VERSION,
        AnswerType.NUMBER,
    }
)
# Several parts in a row may each take more or fewer characters; Python's engine would try all their ways.
_SAYS_WHAT = LinearPattern(
    r"(?i)[^\pL\pN_]*(?P<subject>(?:[^\s.;]+\s+){0,5}?[^\s.;]+?)[*_`'\"\)]*(?:\s+(?:is|are|was|means?"
    r"|refers? to|stands? for|denotes?|defines?|consists? of|describes?|represents?|specif(?:y|ies)"
    r"|indicates?|allows?|enables?|lets?|returns?|sets?|controls?)\b|\s*(?::|\s[-–—]\s))"  # noqa: RUF001 - dashes as written
)
_FIGURE_WORD = re.compile(
    r"\d[\d.,]*|\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|one|no)\b",
    re.IGNORECASE,
)


def evidence(inquiry: Inquiry, candidate: Candidate, unknown: float) -> tuple[float, ...]:
    """Return the values of `NAMES`; `unknown` is the share of the question's terms that are not known."""
    row = cells(candidate.text) if inquiry.answer is not AnswerType.ANY else ()
    cell = answering(inquiry, row)
    typed = cell is not None if row else holds(inquiry.answer, candidate.text, inquiry.text)
    shaped = _shaped(inquiry, candidate)
    short = asked(inquiry.text) if inquiry.shape is Shape.ABBREVIATION else None
    defined = inquiry.shape is Shape.DEFINITION
    return (
        float(not typed),
        float(not typed and inquiry.answer in _VALUES),
        float(inquiry.answer is not AnswerType.ANY and typed),
        *_counted(inquiry, candidate),
        unknown * (inquiry.answer is AnswerType.ANY),
        *(_valued_cell(inquiry, candidate, row[0], cell) if row else _valued(inquiry, candidate)),
        float(not shaped),
        float(inquiry.shape is not Shape.FACT and shaped),
        float(short is not None and expands(candidate.text, short)),
        float(defined) * _defining(inquiry, candidate),
        float(defined and candidate.first) * said_share(inquiry, candidate.heading),
    )


def _valued(inquiry: Inquiry, candidate: Candidate) -> tuple[float, float, float]:
    """Return how much of the question stands in the part that holds a value, near it, and how many names."""
    if inquiry.answer is AnswerType.ANY:
        return 0.0, 0.0, 0.0
    best = (0.0, 0.0, 0.0)
    around = candidate.subject.union(candidate.title)
    for start, end in candidate.parts:
        text = candidate.text[start:end]
        found = values(inquiry.answer, text, inquiry.text)
        if not found:
            continue
        words = [(token.stem, token.start) for token in tokens(text)]
        own = around.union(word for word, _ in words)
        near = max(_close(inquiry, words, at) for at in found[:_MOST_VALUES])
        best = max(best, (inquiry.covered(own), near, strict_share(inquiry, own)))
    return best


def _valued_cell(
    inquiry: Inquiry, candidate: Candidate, key: Cell, cell: Cell | None
) -> tuple[float, float, float]:
    """Return the same of a table's row: near a value stand its header and the cell that names the row."""
    if cell is None:
        return 0.0, 0.0, 0.0
    own = candidate.terms.union(candidate.subject, candidate.title)
    near = cell.words.union(key.words, terms(key.value))
    return inquiry.covered(own), inquiry.covered(near), strict_share(inquiry, own)


def _close(inquiry: Inquiry, words: Sequence[tuple[str, int]], at: int) -> float:
    return inquiry.covered(word for word, start in words if abs(start - at) <= _CLOSE)


def _counted(inquiry: Inquiry, candidate: Candidate) -> tuple[float, float]:
    """Tell whether a number of things is asked for and stands there, and whether it is missing."""
    if inquiry.answer is not AnswerType.NUMBER or not inquiry.counted:
        return 0.0, 0.0
    if candidate.unit is Unit.ROW and inquiry.counted & candidate.subject:
        return 1.0, 0.0
    for match in _FIGURE_WORD.finditer(candidate.text):
        beside = candidate.text[max(0, match.start() - _BEFORE) : match.end() + _BEHIND]
        said = frozenset(terms(beside))
        if match[0] not in inquiry.text and any(inquiry.met(term, said) for term in inquiry.counted):
            return 1.0, 0.0
    return 0.0, 1.0


def _shaped(inquiry: Inquiry, candidate: Candidate) -> bool:
    if inquiry.shape is Shape.LIST and candidate.unit in {Unit.LIST, Unit.STEPS}:
        return True
    if inquiry.shape is Shape.STEPS and candidate.unit in {Unit.STEPS, Unit.EXAMPLE, Unit.CODE}:
        return True
    return has_shape(inquiry.shape, candidate.text)


def _defining(inquiry: Inquiry, candidate: Candidate) -> float:
    """Return the weight of the question's terms before the verb of a sentence that says what something is."""
    match = _SAYS_WHAT.match(candidate.text)
    return inquiry.covered(terms(match["subject"])) if match else 0.0
