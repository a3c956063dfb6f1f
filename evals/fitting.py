"""Fit the weights of the extractive engine on what was read for questions with known answers.

Three fits: which candidate of a pool answers, whether the sources answer at all, and whether the best
candidates do. The second and third learn from candidates as the first ranks them unseen.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from evals.examples import CLAIMS, Example, Reading
from evals.questions import MULTIHOP
from evals.regression import Vector, fit_logistic, fit_ranking
from tools.models.extractive.calibration import Calibration
from tools.models.extractive.certainty import certainty

UNANSWERABLE = 0.23
"""At most so many questions without an answer are answered: a quarter, less what may vary elsewhere."""
SUPPORT = 0.02
"""A claim may stand beside a better one from this relevance on."""
FALSE = 0.1
"""An answer is strong from where at most so many questions without an answer get one."""
_PARTS = 3
_RANKING, _KNOWN, _RIGHT = 20.0, 200.0, 100.0  # penalties
_RANKED = {"multihop_rag": 0.3, "library": 0.7}  # made for search, and of one voice
_TOLD = {"multihop_rag": 0.3, "library": 2.0}
_KNOWN_SHARE = 0.7  # of what is known, in the decision; the rest is what is right
_UNANSWERED = 1.5
_KEPT = -2.5  # logarithm of the share of the best from which a further candidate is chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class FittedOutcome:
    """Hold how one example comes out: how sure the engine is, and whether a gold passage is chosen."""

    corpus: str
    variant: str
    answerable: bool
    known: float
    relevance: float
    found: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ranked:
    """Hold an example with its features as a question, ranked by weights that were fitted without it."""

    example: Example
    row: Vector
    found: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """Hold the weights fitted on all, those fitted without each corpus, and how each example comes out."""

    whole: Calibration
    without: Mapping[str, Calibration]
    outcomes: Sequence[FittedOutcome]


def fitted(made: Sequence[Example], apart: Collection[str]) -> Fit:
    """Fit on all examples, and once without each corpus `apart`; the others are taken out by thirds."""
    groups = {id(each): _group(each, apart) for each in made}
    rankings = {
        name: _ranking([each for each in made if groups[id(each)] != name])
        for name in sorted(set(groups.values()))
    }
    ranked = [_ranked(each, rankings[groups[id(each)]]) for each in made]
    held = {name: _told([one for one in ranked if groups[id(one.example)] != name]) for name in rankings}
    folds = {name: replace(held[name], ranking=tuple(rankings[name].tolist())) for name in rankings}
    outcomes = [_outcome(one, folds[groups[id(one.example)]]) for one in ranked]
    without = {
        name: _levelled(folds[name], [one for one in outcomes if one.corpus != name]) for name in apart
    }
    whole = replace(_told(ranked), ranking=tuple(_ranking(made).tolist()))
    return Fit(whole=_levelled(whole, outcomes), without=without, outcomes=outcomes)


def threshold(outcomes: Sequence[FittedOutcome]) -> float:
    """Return the least probability that at most `UNANSWERABLE` of the unanswerable questions reach.

    Those of MultiHop-RAG do not count: they are about other things than its articles.
    """
    own = [one for one in outcomes if not one.answerable and one.corpus != MULTIHOP.name]
    return _least([one.known for one in own], UNANSWERABLE)


def strong(outcomes: Sequence[FittedOutcome]) -> float:
    """Return the least relevance that at most `FALSE` of the unanswerable questions reach."""
    return _least([one.relevance for one in outcomes if not one.answerable], FALSE)


def _least(values: Sequence[float], share: float) -> float:
    levels = [at / 200 for at in range(2, 200)]
    most = share * len(values)
    return next((level for level in levels if sum(value >= level for value in values) <= most), 1.0)


def _group(example: Example, apart: Collection[str]) -> str:
    if example.corpus in apart:
        return example.corpus
    return f"{example.corpus} {hashlib.sha256(f'fold {example.id}'.encode()).digest()[0] % _PARTS}"


def _ranking(made: Sequence[Example]) -> Vector:
    kept = [
        (each, reading)
        for each in made
        if not each.variant
        for reading in each.readings
        if reading.grades.sum()
    ]
    return fit_ranking(
        [reading.rows.astype(float) for _, reading in kept],
        [reading.grades for _, reading in kept],
        [_RANKED.get(each.corpus, 1.0) for each, _ in kept],
        _RANKING,
    )


def _ranked(example: Example, ranking: Vector) -> _Ranked:
    order = Calibration(
        ranking=tuple(ranking.tolist()), known=(), right=(), level=0.0, support=0.0, strong=0.0
    )
    read = [(order.scores(reading.rows.tolist()), reading) for reading in example.readings]
    scores, best = max(read, key=lambda pair: max(pair[0]))
    found = example.answerable and any(_is_found(*each) for each in read)
    return _Ranked(example=example, row=np.array(certainty(best.rows.tolist(), scores)), found=found)


def _is_found(scores: Sequence[float], reading: Reading) -> bool:
    """Tell whether a gold passage is among the candidates that would be chosen."""
    order = sorted(range(len(scores)), key=lambda at: (-scores[at], at))[:CLAIMS]
    return any(reading.grades[at] > 0 for at in order if scores[at] >= scores[order[0]] + _KEPT)


def _told(ranked: Sequence[_Ranked]) -> Calibration:
    """Fit the regressions over questions."""
    rows = np.array([one.row for one in ranked])
    weight = np.array([one.example.weight * _TOLD.get(one.example.corpus, 1.0) for one in ranked])
    answerable = np.array([float(one.example.answerable) for one in ranked])
    found = np.array([float(one.found) for one in ranked])
    known = fit_logistic(rows, answerable, weight * np.where(answerable > 0, 1.0, _UNANSWERED), _KNOWN)
    right = fit_logistic(rows, found, weight, _RIGHT)
    mixed = _KNOWN_SHARE * known + (1 - _KNOWN_SHARE) * right
    return Calibration(
        ranking=(),
        known=tuple(mixed.tolist()),
        right=tuple(right.tolist()),
        level=0.0,
        support=SUPPORT,
        strong=0.0,
    )


def _levelled(weights: Calibration, outcomes: Sequence[FittedOutcome]) -> Calibration:
    """Set the levels of weights by how questions come out that were fitted apart, as they were asked."""
    asked = [one for one in outcomes if not one.variant]
    level = threshold(asked)
    judged = [one if one.known >= level else replace(one, relevance=0.0) for one in asked]
    return replace(weights, level=level, strong=max(weights.answer, strong(judged)))


def _outcome(one: _Ranked, weights: Calibration) -> FittedOutcome:
    row = one.row.tolist()
    return FittedOutcome(
        corpus=one.example.corpus,
        variant=one.example.variant,
        answerable=one.example.answerable,
        known=weights.answered(row),
        relevance=weights.relevance(row),
        found=one.found,
    )
