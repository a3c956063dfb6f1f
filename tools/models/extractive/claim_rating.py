"""Rate the candidates for a question: how likely each answers it, and how likely anything does."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from tools.lexicon.analysis_language import ENGLISH, current_language
from tools.models.extractive.answer_types import AnswerType
from tools.models.extractive.assessment import Assessment
from tools.models.extractive.calibration import Calibration
from tools.models.extractive.certainty import certainty
from tools.models.extractive.choice import choose
from tools.models.extractive.features import NAMES
from tools.models.extractive.preference import preferred
from tools.models.extractive.shapes import Shape

_OLDER = 0.25
_REFERS = 0.1  # none of 182 statements that answer only points to where more is said
_UNEXPANDED = 0.1
_EXPANDED = 0.8
_EXPANDS_AT, _REFERS_AT, _UNTYPED_AT = map(NAMES.index, ("expands", "refers", "mistyped_value"))
# The weights were fitted on English, where a value is told less surely than by the units of the CLDR.
_UNTYPED = 0.2


def rated(
    assessed: Assessment, fitted: Calibration, older: Collection[str], count: int
) -> list[tuple[int, float]]:
    """Return at most `count` places in the pool with their relevance, best first.

    The best has the probability that the question is answered at all, the others a share of it. Candidates of
    the `older` sources, by id, count half.
    """
    likely = [
        value * (_OLDER if candidate.span.source in older else 1.0)
        for value, candidate in zip(likelihoods(assessed, fitted), assessed.pool, strict=True)
    ]
    certain, best = fitted.certainty(certainty(assessed.rows, likely)), max(likely)
    chosen = choose(assessed, likely, count)
    # The best one's bridge stands with it, however unlikely it is alone.
    shares = [1.0 if at in chosen[: _paired(assessed, likely)] else likely[at] / best for at in chosen]
    return [(at, certain * share) for at, share in zip(chosen, shares, strict=True)]


def likelihoods(assessed: Assessment, fitted: Calibration) -> list[float]:
    """Return for each candidate the probability, in 0..1, that it answers.

    What an abbreviation stands for is said by those alone that spell it out, where any does.
    """
    untyped = _untyped_share(assessed.inquiry.answer)
    fit = [
        fitted.probability(row)
        * (_REFERS if row[_REFERS_AT] else 1.0)
        * (untyped if row[_UNTYPED_AT] else 1.0)
        for row in assessed.rows
    ]
    likely = preferred(assessed, fit)
    spelt = [bool(row[_EXPANDS_AT]) for row in assessed.rows]
    if assessed.inquiry.shape is not Shape.ABBREVIATION or not any(spelt):
        return likely
    return [
        max(value, _EXPANDED * (1 - _UNEXPANDED + _UNEXPANDED * value)) if spells else value * _UNEXPANDED
        for value, spells in zip(likely, spelt, strict=True)
    ]


def _untyped_share(wanted: AnswerType) -> float:
    """Return what is left of a candidate without a value of the kind that is asked for."""
    told = current_language() != ENGLISH and wanted is not AnswerType.PERSON
    return _UNTYPED if told else 1.0


def _paired(assessed: Assessment, likely: Sequence[float]) -> int:
    best = max(range(len(likely)), key=lambda at: (likely[at], -at))
    return 2 if best in assessed.found else 1
