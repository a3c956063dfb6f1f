"""Turn what was read for a question into examples to fit on, with and without its gold passages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evals.answer_scores import is_full
from evals.questions import EvalQuestion, hits
from graph.reading import Excerpt
from graph.records import Span
from tools.lexicon.analysis_language import in_language
from tools.models.extractive.assessment import Assessment, assess
from tools.models.extractive.candidate import Candidate
from tools.models.extractive.question_language import question_language

CLAIMS = 4
_PARTLY = 0.3  # what a part of a gold passage counts where another candidate is a full answer
# What an example counts in a fit, by what was left of the sources; each has its name in the outcomes.
_WEIGHTS = {"": 1.0, " without gold": 0.1, " gold alone": 0.2, " few": 0.2, " few without gold": 0.05}

Seen = Sequence[tuple[str, tuple[Excerpt, ...]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Hold the features of the candidates of one root question, and how well each answers, in 0..1."""

    rows: NDArray[np.float32]
    grades: NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """Hold what was read for one question; `variant` names what was left of the sources, empty for all."""

    corpus: str
    id: str
    variant: str
    answerable: bool
    readings: tuple[Reading, ...]

    @property
    def weight(self) -> float:
        """Return how much the example counts in a fit."""
        return _WEIGHTS[self.variant]


def examples(
    corpus: str, row: EvalQuestion, seen: Seen, places: Sequence[frozenset[Span]]
) -> Iterator[Example]:
    """Yield the example of a question; where its gold was read, also with few sources and without gold.

    A folder of three files is no less sure than one of five hundred: so the pool is made small, too.
    """
    gold = {span.source for place in places for span in place}
    others = [name for name in _sources(seen) if name not in gold]
    left: dict[str, Callable[[str], bool]] = {"": lambda _: True}
    if gold:
        left[" without gold"] = lambda name: name not in gold
        left[" gold alone"] = lambda name: name in gold
        left[" few"] = lambda name: name in gold or name in others[1:2]
        left[" few without gold"] = lambda name: name in others[:2]
    for variant, keeps in left.items():
        readings = tuple(_readings(row, seen, places, keeps))
        answerable = bool(row.gold) and not variant.endswith("without gold")
        if readings:
            yield Example(corpus=corpus, id=row.id, variant=variant, answerable=answerable, readings=readings)


def _sources(seen: Seen) -> list[str]:
    return list(dict.fromkeys(e.passage.span.source for _, excerpts in seen for e in excerpts))


def _readings(
    row: EvalQuestion, seen: Seen, places: Sequence[frozenset[Span]], keeps: Callable[[str], bool]
) -> Iterator[Reading]:
    for question, excerpts in seen:
        assessed = _assessed(question, [e for e in excerpts if keeps(e.passage.span.source)])
        if assessed:
            yield Reading(
                rows=np.array(assessed.rows, dtype=np.float32),
                grades=np.array(list(_grades(assessed.pool, row, places))),
            )


def _assessed(question: str, excerpts: Sequence[Excerpt]) -> Assessment | None:
    """Describe the candidates as the product's reader does."""
    with in_language(question_language(question, excerpts)):
        return assess(question, excerpts)


def _grades(
    pool: Sequence[Candidate], row: EvalQuestion, places: Collection[frozenset[Span]]
) -> Iterator[float]:
    """Yield for each candidate the share of a gold passage that it holds; a full answer counts most."""
    shares = [max((_share(c, place) for place in places), default=0.0) for c in pool]
    full = [share > 0 and is_full(row.must, c.text) for share, c in zip(shares, pool, strict=True)]
    for share, whole in zip(shares, full, strict=True):
        yield 1.0 if whole else share * (_PARTLY if any(full) else 1.0)


def _share(candidate: Candidate, place: frozenset[Span]) -> float:
    """Return how much of a gold passage a candidate covers, where it is a hit."""
    if not any(hits(span, place) for span in candidate.spans):
        return 0.0
    return max(_covered(candidate.spans, one) for one in place)


def _covered(spans: Sequence[Span], gold: Span) -> float:
    shared = sum(
        max(0, min(span.end, gold.end) - max(span.start, gold.start))
        for span in spans
        if span.source == gold.source
    )
    return min(1.0, shared / max(1, gold.end - gold.start))
