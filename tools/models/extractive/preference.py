"""Prefer what has the form that a question asks for: a list, steps, a definition, both sides, a reason.

A form moves the odds of a candidate; it does not decide alone.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence

from tools.models.extractive.answer_types import AnswerType
from tools.models.extractive.assessment import Assessment
from tools.models.extractive.candidate import Candidate, Unit
from tools.models.extractive.comparison import side_terms
from tools.models.extractive.definitions import asked_term, defines
from tools.models.extractive.inquiry import Inquiry
from tools.models.extractive.shapes import Shape, has_shape
from tools.models.extractive.value_subjects import TYPES, with_subject

_WHOLES = frozenset({Unit.LIST, Unit.STEPS, Unit.EXAMPLE})
_TINY = 1e-6
_SURE = 0.8  # from here on a word stands for another one as a form of it, not as a synonym

# Differences of the logarithm of the odds, tried on documentation that nothing was fitted on.
_LISTED = 1.0
_STEPS = 1.2
_BOTH_SIDES = 1.2
_NO_SIDE = -0.7
_DEFINED = 4.0
_REASONED = 0.8
_ROW_ASKED_FOR = 1.0
_VALUED = 1.5

_COMMA = re.compile(r"[,;]\s")
_ENUMERATED = 2  # commas of a sentence that names three things

_Move = Callable[[Inquiry, Candidate], float]


def preferred(assessed: Assessment, likely: Sequence[float]) -> list[float]:
    """Return the probabilities of candidates, moved by the form that the question asks for."""
    inquiry, pool = assessed.inquiry, assessed.pool
    whole = _with_parts(pool, likely) if inquiry.shape in {Shape.LIST, Shape.STEPS} else list(likely)
    moved, rows = _MOVES.get(inquiry.shape, _none), _row_moves(inquiry, pool)
    return [
        _shifted(value, moved(inquiry, each) + _valued(inquiry, each) + row)
        for value, each, row in zip(whole, pool, rows, strict=True)
    ]


def _shifted(value: float, by: float) -> float:
    kept = min(1 - _TINY, max(_TINY, value))
    return 1 / (1 + (1 - kept) / kept * math.exp(-by)) if by else value


def _with_parts(pool: Sequence[Candidate], likely: Sequence[float]) -> list[float]:
    """Return for each list the probability of its likeliest statement, where that is greater."""
    made = list(likely)
    for at, whole in enumerate(pool):
        if whole.unit in _WHOLES:
            within = (
                value
                for value, each in zip(likely, pool, strict=True)
                if each.unit is not Unit.HEADING and each.overlaps(whole)
            )
            made[at] = max(likely[at], *within)
    return made


def _row_moves(inquiry: Inquiry, pool: Sequence[Candidate]) -> list[float]:
    """Return for each row of a table how it stands among its rows: one holds more of the question's words."""
    tables: dict[tuple[str, frozenset[str]], list[float]] = {}
    held = [inquiry.covered(each.terms) for each in pool]
    for each, value in zip(pool, held, strict=True):
        if each.unit is Unit.ROW:
            tables.setdefault(_table(each), []).append(value)
    return [
        _row_move(value, tables[_table(each)]) if each.unit is Unit.ROW else 0.0
        for each, value in zip(pool, held, strict=True)
    ]


def _row_move(value: float, rows: Sequence[float]) -> float:
    least, most = min(rows), max(rows)
    return _ROW_ASKED_FOR * (2 * (value - least) / (most - least) - 1) if most > least else 0.0


def _table(row: Candidate) -> tuple[str, frozenset[str]]:
    return row.spans[0].source, row.subject


def _valued(inquiry: Inquiry, candidate: Candidate) -> float:
    """Return how far a value with its subject speaks for a candidate, or its lack against it."""
    if inquiry.answer not in TYPES or inquiry.shape is Shape.LIST:
        return 0.0
    return _VALUED * (2 * with_subject(inquiry, candidate) - 1)


def _none(_: Inquiry, __: Candidate) -> float:
    return 0.0


def _listed(_: Inquiry, candidate: Candidate) -> float:
    listed = candidate.unit in {Unit.LIST, Unit.STEPS} or len(_COMMA.findall(candidate.text)) >= _ENUMERATED
    return _LISTED if listed else 0.0


def _steps(_: Inquiry, candidate: Candidate) -> float:
    return _STEPS if candidate.unit in {Unit.STEPS, Unit.EXAMPLE} else 0.0


def _compared(inquiry: Inquiry, candidate: Candidate) -> float:
    asked = side_terms(inquiry.text)
    if not asked:
        return 0.0
    met = [_is_met(inquiry, side, candidate.terms) for side in asked]
    if all(met):
        return _BOTH_SIDES / 2 if candidate.unit in _WHOLES else _BOTH_SIDES
    return 0.0 if any(met) else _NO_SIDE


def _is_met(inquiry: Inquiry, side: frozenset[str], words: frozenset[str]) -> bool:
    return all(inquiry.met(term, words) >= _SURE for term in side)


def _reasoned(_: Inquiry, candidate: Candidate) -> float:
    return _REASONED if has_shape(Shape.REASON, candidate.text) else 0.0


def _defined(inquiry: Inquiry, candidate: Candidate) -> float:
    term = asked_term(inquiry.text) if inquiry.answer is AnswerType.ANY else frozenset()
    return _DEFINED * defines(candidate.text, term, inquiry) if term else 0.0


_MOVES: Mapping[Shape, _Move] = {
    Shape.LIST: _listed,
    Shape.STEPS: _steps,
    Shape.COMPARISON: _compared,
    Shape.REASON: _reasoned,
    Shape.DEFINITION: _defined,
}
