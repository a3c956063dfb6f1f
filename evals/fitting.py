"""Fit the two regressions of the extractive engine on what was read for questions with known answers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from evals.questions import EvalQuestion, hits
from graph.reading import Excerpt
from graph.records import Span
from tools.models.extractive.assessment import Assessment, assess
from tools.models.extractive.calibration import Calibration
from tools.models.extractive.candidate import Candidate
from tools.models.extractive.certainty import certainty
from tools.models.extractive.claim_rating import likelihoods, rated
from tools.models.extractive.features import NAMES
from tools.models.extractive.logistic import fit

TWIN = " without gold"
FOLDS = 3
CLAIMS = 4
_NEAREST = 25  # candidates of a reading that share most with the question, beside those that hold gold
_OTHER = 7  # and every seventh of the others
_TWINS = 0.5  # what a question without its gold documents counts
_SHARES = {"multihop_rag": 0.3, "library": 0.7}  # made for search, and of one voice
_UNANSWERABLE = 2.0
_STATEMENT, _SUBJECT = NAMES.index("statement"), NAMES.index("subject")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Hold the candidates of one root question, and which of them hold gold."""

    assessed: Assessment
    gold: tuple[bool, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """Hold what was read for one question, and where its gold passages stand; none when it has no answer."""

    corpus: str
    id: str
    gold: tuple[frozenset[Span], ...]
    readings: tuple[Reading, ...]

    @property
    def weight(self) -> float:
        """Return how much the example counts in a fit."""
        share = _SHARES.get(self.corpus.removesuffix(TWIN), 1.0)
        return share * (_TWINS if self.corpus.endswith(TWIN) else 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class FittedOutcome:
    """Hold how one example comes out: how sure the engine is, and whether every gold passage is chosen."""

    corpus: str
    answerable: bool
    best: float
    found: bool


def examples(
    name: str,
    row: EvalQuestion,
    seen: Iterable[tuple[str, tuple[Excerpt, ...]]],
    places: Sequence[frozenset[Span]],
) -> list[Example]:
    """Return the example of a question, and its twin without the gold documents when it has an answer."""
    readings = list(seen)
    made = [_example(name, row.id, readings, places)]
    if places:
        gone = {span.source for place in places for span in place}
        left = [(q, tuple(e for e in es if e.passage.span.source not in gone)) for q, es in readings]
        made.append(_example(name + TWIN, row.id, left, ()))
    return made


def _example(
    corpus: str, name: str, seen: Iterable[tuple[str, tuple[Excerpt, ...]]], gold: Sequence[frozenset[Span]]
) -> Example:
    made = [assess(question, excerpts) for question, excerpts in seen]
    readings = tuple(
        Reading(assessed=each, gold=tuple(_holds(c, gold) for c in each.pool)) for each in made if each
    )
    return Example(corpus=corpus, id=name, gold=tuple(gold), readings=readings)


def _holds(candidate: Candidate, gold: Sequence[frozenset[Span]]) -> bool:
    return any(hits(span, place) for span in candidate.spans for place in gold)


def fitted(made: Sequence[Example]) -> tuple[Calibration, list[FittedOutcome]]:
    """Fit both regressions; return them, and how each example comes out by weights fitted without it.

    The second regression learns from candidates as the first rates them unseen.
    """
    firsts = [_candidates([each for each in made if _fold(each) != fold]) for fold in range(FOLDS)]
    unseen = [(each, row) for each in made for row in _certain(each, firsts[_fold(each)])]
    outcomes = []
    for fold, first in enumerate(firsts):
        certain = _questions([pair for pair in unseen if _fold(pair[0]) != fold])
        held = [each for each in made if _fold(each) == fold]
        outcomes += [outcome(each, replace(first, certain=certain)) for each in held]
    return replace(_candidates(made), certain=_questions(unseen)), outcomes


def _questions(unseen: Sequence[tuple[Example, tuple[float, ...]]]) -> tuple[float, ...]:
    """Fit the regression over questions: is it answered at all?"""
    labels = [bool(each.gold) for each, _ in unseen]
    weights = [each.weight * (1.0 if each.gold else _UNANSWERABLE) for each, _ in unseen]
    return tuple(fit([row for _, row in unseen], labels, weights))


def _candidates(made: Sequence[Example]) -> Calibration:
    """Fit the regression over candidates."""
    rows, labels, weights = [], [], []
    for each in made:
        for reading in each.readings:
            for at in _telling(reading):
                rows.append(reading.assessed.rows[at])
                labels.append(reading.gold[at])
                weights.append(each.weight)
    fitted = tuple(fit(rows, labels, weights))
    return Calibration(weights=fitted, certain=(), answer=0.0, support=0.0, strong=0.0)


def _telling(reading: Reading) -> list[int]:
    """Return the candidates to learn from: those with gold, the nearest misses and some of the others."""
    rows = reading.assessed.rows
    order = sorted(range(len(rows)), key=lambda at: (-rows[at][_STATEMENT] - rows[at][_SUBJECT], at))
    kept = {*order[:_NEAREST], *order[_NEAREST::_OTHER]}
    return sorted(kept.union(at for at, gold in enumerate(reading.gold) if gold))


def _certain(example: Example, fitted: Calibration) -> list[tuple[float, ...]]:
    """Return the features of the reading with the likeliest candidate; nothing where nothing was read."""
    read = [(likelihoods(r.assessed, fitted), r.assessed.rows) for r in example.readings]
    if not read:
        return []
    likely, rows = max(read, key=lambda pair: max(pair[0]))
    return [certainty(rows, likely)]


def outcome(example: Example, fitted: Calibration) -> FittedOutcome:
    """Choose claims for an example as the reader does."""
    best, spans = 0.0, []
    for reading in example.readings:
        chosen = rated(reading.assessed, fitted, (), CLAIMS)
        best = max(best, chosen[0][1])
        spans += [span for at, _ in chosen for span in reading.assessed.pool[at].spans]
    found = bool(example.gold) and all(any(hits(span, place) for span in spans) for place in example.gold)
    return FittedOutcome(corpus=example.corpus, answerable=bool(example.gold), best=best, found=found)


def _fold(example: Example) -> int:
    return hashlib.sha256(f"fold {example.id}".encode()).digest()[0] % FOLDS
