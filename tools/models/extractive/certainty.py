"""Describe by a few numbers whether a question is answered at all; `NAMES` has one line each."""

from __future__ import annotations

import math
from collections.abc import Sequence

from tools.models.extractive import features

OF_CANDIDATES = (
    "statement", "subject", "passage", "near", "context", "strict", "strict_passage", "strict_document",
    "names", "valued", "valued_near", "value_strict", "pairs", "gap", "gap_passage", "unfocused",
    "attributes", "heading", "headed", "titled", "opens", "dense", "matched", "around", "rank", "typed",
    "shaped", "mistyped", "shapeless", "counted", "miscounted", "expands", "defines_exactly",
    "opens_exactly", "first_exactly", "first_headed", "reasons", "rules", "forbids", "steps", "lists",
    "sides", "sides_compared", "default", "best_context", "best_passage", "refers", "supposes", "hedged",
    "number", "words", "bridged", "unknown", "length", "preferred", "value_subject",
)  # fmt: skip
OF_POOL = ("strict_passage", "passage", "subject", "valued", "context", "statement", "pairs", "value_strict")
NAMES = (
    "best",  # score of the best candidate
    "ahead",  # by how much it is ahead of the next one
    "share",  # logarithm of its share of all, each by the exponential of its score
    "three",  # the same of the best three
    "many",  # logarithm of the number of candidates
    "all",  # logarithm of the sum of all exponentials
    *(f"best_{name}" for name in OF_CANDIDATES),  # of the best candidate
    *(f"most_{name}" for name in OF_CANDIDATES),  # the greatest of the best three
    *(f"mean_{name}" for name in OF_CANDIDATES),  # the mean of these
    *(f"pool_{name}" for name in OF_POOL),  # the greatest of all
)
_BEST = 3
_ALONE = 5.0  # how far a candidate is ahead that has no other beside it
_CANDIDATES = tuple(features.NAMES.index(name) for name in OF_CANDIDATES)
_POOL = tuple(features.NAMES.index(name) for name in OF_POOL)


def certainty(rows: Sequence[Sequence[float]], scores: Sequence[float]) -> tuple[float, ...]:
    """Return one row of `NAMES` for a pool of candidates with their features; raises ValueError for none."""
    if not rows:
        raise ValueError("there is no candidate")
    order = sorted(range(len(rows)), key=lambda at: (-scores[at], at))[:_BEST]
    best = [rows[at] for at in order]
    return (
        *_ahead(scores, order),
        *(best[0][at] for at in _CANDIDATES),
        *(max(row[at] for row in best) for at in _CANDIDATES),
        *(math.fsum(row[at] for row in best) / len(best) for at in _CANDIDATES),
        *(max(row[at] for row in rows) for at in _POOL),
    )


def _ahead(scores: Sequence[float], order: Sequence[int]) -> tuple[float, ...]:
    first = scores[order[0]]
    parts = [math.exp(score - first) for score in scores]
    whole = math.fsum(parts)
    return (
        first,
        first - scores[order[1]] if len(order) > 1 else _ALONE,
        -math.log(whole),
        math.log(math.fsum(parts[at] for at in order) / whole),
        math.log(len(scores)),
        first + math.log(whole),
    )
