"""Describe by a few numbers how a candidate stands beside the others of its pool; each in 0..1."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence

from tools.models.extractive.candidate import Candidate
from tools.models.extractive.inquiry import Inquiry

NAMES = (
    "best_context",  # weight of the question's terms in its context over the greatest of the pool
    "best_passage",  # the same in its excerpt
    "best_document",  # the same in all excerpts of its source
    "best_matched",  # the same, shorter statements before longer ones (BM25, Robertson & Zaragoza 2009)
    "document_order",  # reciprocal place of its source by its best three statements
    "earliest",  # reciprocal place among those of its source that hold as much
)
_SATURATION, _LENGTH = 1.2, 0.75
_BEST = 3


def beside(inquiry: Inquiry, pool: Sequence[Candidate]) -> list[tuple[float, ...]]:
    """Return the values of `NAMES` for each candidate of a pool."""
    own = [inquiry.covered(c.terms) for c in pool]
    context = [inquiry.covered(c.context) for c in pool]
    passage = [inquiry.covered(c.passage.union(c.title)) for c in pool]
    document = [inquiry.covered(c.document) for c in pool]
    columns = (
        _shares(context),
        _shares(passage),
        _shares(document),
        _shares(list(_bm25(pool, own))),
        _document_order(pool, [one + more for one, more in zip(own, context, strict=True)]),
        _earliest(pool, own),
    )
    return list(zip(*columns, strict=True))


def _shares(values: Sequence[float]) -> list[float]:
    most = max(values, default=0.0) or 1.0
    return [value / most for value in values]


def _bm25(pool: Sequence[Candidate], own: Sequence[float]) -> Iterator[float]:
    mean = math.fsum(len(c.words) for c in pool) / max(1, len(pool)) or 1.0
    for candidate, held in zip(pool, own, strict=True):
        length = 1 - _LENGTH + _LENGTH * len(candidate.words) / mean
        yield held * (1 + _SATURATION) / (1 + _SATURATION * length)


def _document_order(pool: Sequence[Candidate], strength: Sequence[float]) -> list[float]:
    held: dict[str, list[float]] = defaultdict(list)
    for candidate, value in zip(pool, strength, strict=True):
        held[candidate.span.source].append(value)
    worth = {name: math.fsum(sorted(values)[-_BEST:]) for name, values in held.items()}
    places = {name: at for at, name in enumerate(sorted(worth, key=lambda name: (-worth[name], name)))}
    return [1.0 / (1 + places[candidate.span.source]) for candidate in pool]


def _earliest(pool: Sequence[Candidate], own: Sequence[float]) -> list[float]:
    before: dict[str, list[float]] = defaultdict(list)
    found = [0.0] * len(pool)
    for at in sorted(range(len(pool)), key=lambda at: pool[at].span.start):
        seen = before[pool[at].span.source]
        found[at] = 1.0 / (1 + sum(1 for value in seen if value >= own[at]))
        seen.append(own[at])
    return found
