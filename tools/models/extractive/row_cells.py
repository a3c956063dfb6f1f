"""Read a table's row, written as `header: value; header: value`, and find the cell that is asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tools.lexicon.analysis_language import current_language
from tools.lexicon.property_words import names_property
from tools.lexicon.terms import terms
from tools.models.extractive.answer_types import AnswerType, holds
from tools.models.extractive.inquiry import Inquiry

_CELL = re.compile(r"(?:\A|; )(?P<name>[^:;\n]{1,120}): (?P<value>[^;\n]*)")
_FEWEST = 2
_DIGIT = re.compile(r"\d")
_MEASURED = frozenset(
    {AnswerType.NUMBER, AnswerType.DURATION, AnswerType.LENGTH, AnswerType.EXTENT, AnswerType.WEIGHT}
    | {AnswerType.MONEY, AnswerType.DATE, AnswerType.MOMENT}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Hold the header and the value of a cell, and the stems of the header."""

    name: str
    value: str
    words: frozenset[str]


def cells(text: str) -> tuple[Cell, ...]:
    """Return the cells of a row, or none where a text is no row."""
    found = list(_CELL.finditer(text))
    if len(found) < _FEWEST or found[0].start():
        return ()
    return tuple(
        Cell(name=match["name"], value=match["value"], words=frozenset(terms(match["name"])))
        for match in found
    )


def answering(inquiry: Inquiry, row: Sequence[Cell]) -> Cell | None:
    """Return the first cell whose header is asked for and whose value is of the kind that is asked for."""
    asked = (cell for cell in row if inquiry.covered(cell.words))
    return next((cell for cell in asked if _is_of_kind(inquiry, cell)), None)


def _is_of_kind(inquiry: Inquiry, cell: Cell) -> bool:
    """Tell whether a value is of a kind; under the name of the property asked for, a bare number is."""
    if holds(inquiry.answer, f"{cell.name}: {cell.value}", inquiry.text):
        return bool(cell.value) and (inquiry.answer not in _MEASURED or bool(_DIGIT.search(cell.value)))
    if inquiry.answer is AnswerType.PLACE:
        return cell.value not in inquiry.text
    return inquiry.answer in _MEASURED and bool(_DIGIT.search(cell.value)) and _named(inquiry, cell)


def _named(inquiry: Inquiry, cell: Cell) -> bool:
    language = current_language()
    asked = (term for term in inquiry.order if names_property(term, language))
    return any(inquiry.met(term, cell.words) for term in asked)
