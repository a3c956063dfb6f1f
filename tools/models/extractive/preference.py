"""Prefer what has the form that a question asks for: a list, steps, a definition, both sides, a reason.

How much a form counts is fitted with the other features; the steps between forms stand here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from tools.models.extractive.answer_types import AnswerType
from tools.models.extractive.candidate import Candidate, Unit
from tools.models.extractive.comparison import side_terms
from tools.models.extractive.definitions import asked_term, defines
from tools.models.extractive.inquiry import Inquiry
from tools.models.extractive.shapes import Shape, has_shape

_WHOLES = frozenset({Unit.LIST, Unit.STEPS, Unit.EXAMPLE})
_SURE = 0.8  # from here on a word stands for another one as a form of it, not as a synonym

# What a form is worth beside the others, tried on documentation that nothing was fitted on.
_LISTED = 1.0
_STEPS = 1.2
_BOTH_SIDES = 1.2
_NO_SIDE = -0.7
_DEFINED = 4.0
_REASONED = 0.8
_ROW_ASKED_FOR = 1.0
_LEAST, _MOST = _NO_SIDE - _ROW_ASKED_FOR, _DEFINED + _ROW_ASKED_FOR

_COMMA = re.compile(r"[,;]\s")
_ENUMERATED = 2  # commas of a sentence that names three things

_Move = Callable[[Inquiry, Candidate], float]


def preferences(inquiry: Inquiry, pool: Sequence[Candidate]) -> list[float]:
    """Return for each candidate, in 0..1, how well its form is the one that the question asks for."""
    moved, rows = _MOVES.get(inquiry.shape, _none), _row_moves(inquiry, pool)
    return [
        (moved(inquiry, each) + row - _LEAST) / (_MOST - _LEAST) for each, row in zip(pool, rows, strict=True)
    ]


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
