"""Rate the candidates for a question: which answers it best, and how likely it is answered."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

from tools.lexicon.analysis_language import ENGLISH, current_language
from tools.models.extractive.answer_types import AnswerType
from tools.models.extractive.assessment import Assessment
from tools.models.extractive.calibration import Calibration
from tools.models.extractive.candidate import Unit
from tools.models.extractive.certainty import certainty
from tools.models.extractive.choice import choose
from tools.models.extractive.features import NAMES
from tools.models.extractive.shapes import Shape

_OLDER = math.log(4)
_WHOLES = frozenset({Unit.LIST, Unit.STEPS, Unit.EXAMPLE})
_WHOLE_ASKED = frozenset({Shape.LIST, Shape.STEPS})
# The weights were fitted on English, where a value is told less surely than by the units of the CLDR.
_UNTYPED = math.log(5)
_UNTYPED_AT = NAMES.index("mistyped_value")


def rated(
    assessed: Assessment, fitted: Calibration, older: Collection[str], count: int
) -> list[tuple[int, float]]:
    """Return at most `count` places in the pool with their relevance, best first.

    The best has the probability that it answers, the others a share of it. Candidates of the `older` sources,
    by id, count a quarter.
    """
    scores = [
        value - (_OLDER if candidate.span.source in older else 0.0)
        for value, candidate in zip(scored(assessed, fitted), assessed.pool, strict=True)
    ]
    likely, relevance = shares(scores), fitted.relevance(certainty(assessed.rows, scores))
    chosen = choose(assessed, likely, count)
    # The best one's bridge stands with it, however unlikely it is alone.
    kept = [1.0 if at in chosen[: _paired(assessed, likely)] else likely[at] for at in chosen]
    return [(at, relevance * share) for at, share in zip(chosen, kept, strict=True)]


def scored(assessed: Assessment, fitted: Calibration) -> list[float]:
    """Return for each candidate how well it answers, on a scale without ends.

    A list that is asked for answers as well as its best statement at least.
    """
    untyped = _untyped(assessed.inquiry.answer)
    rows = assessed.rows
    scores = [
        value - (untyped if row[_UNTYPED_AT] else 0.0)
        for value, row in zip(fitted.scores(rows), rows, strict=True)
    ]
    return _with_parts(assessed, scores) if assessed.inquiry.shape in _WHOLE_ASKED else scores


def shares(scores: Sequence[float]) -> list[float]:
    """Return how likely each candidate answers, in 0..1, as a share of the likeliest."""
    most = max(scores)
    return [math.exp(value - most) for value in scores]


def _untyped(wanted: AnswerType) -> float:
    """Return by how much a candidate without a value of the kind that is asked for falls behind."""
    told = current_language() != ENGLISH and wanted is not AnswerType.PERSON
    return _UNTYPED if told else 0.0


def _paired(assessed: Assessment, likely: Sequence[float]) -> int:
    best = max(range(len(likely)), key=lambda at: (likely[at], -at))
    return 2 if best in assessed.found else 1


def _with_parts(assessed: Assessment, scores: Sequence[float]) -> list[float]:
    made = list(scores)
    for at, whole in enumerate(assessed.pool):
        if whole.unit in _WHOLES:
            within = (
                value for value, each in zip(scores, assessed.pool, strict=True) if each.overlaps(whole)
            )
            made[at] = max(scores[at], *within)
    return made
