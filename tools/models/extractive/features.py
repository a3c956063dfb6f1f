"""Describe by a few numbers how a candidate answers a question; every value lies in 0..1."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from tools.models.extractive.answer_types import holds
from tools.models.extractive.bridges import Bridge
from tools.models.extractive.inquiry import Inquiry
from tools.models.extractive.pool import Candidate

NAMES = (
    "statement",  # weight of the question's terms in the statement itself
    "context",  # the same with its title, heading and the sentence before
    "bridged",  # what a statement of another source adds that is joined to this one by a name
    "gap",  # heaviest single term the statement's surroundings and the bridge lack
    "names",  # share of the question's names in the statement's surroundings and the bridge
    "unfocused",  # weight of the noun asked for that both lack
    "mistyped",  # lacks the kind of answer that is asked for
    "attributes",  # weight share of the terms that belong to no name, in the surroundings and the bridge
    "rank",  # reciprocal rank of the passage in its search
    "matched",  # number of topic terms in the statement: two of four prove less than ten of twenty
    "around",  # the same in its surroundings
    "length",  # number of the question's terms, of thirty: long questions are never covered whole
)
_LONG = 30
_MANY = math.log(21)


def features(
    inquiry: Inquiry, pool: Sequence[Candidate], found: Mapping[int, Bridge]
) -> list[tuple[float, ...]]:
    """Return one row of `NAMES` for each candidate of a pool."""
    return [
        _row(inquiry, candidate, pool[found[at].partner(at)].context if at in found else frozenset())
        for at, candidate in enumerate(pool)
    ]


def _row(inquiry: Inquiry, candidate: Candidate, bridge: frozenset[str]) -> tuple[float, ...]:
    joint = candidate.context | bridge
    context = inquiry.covered(candidate.context)
    return (
        inquiry.covered(candidate.terms),
        context,
        inquiry.covered(joint) - context,
        max((weight for term, weight in inquiry.weights.items() if term not in joint), default=0.0),
        _named(inquiry, joint),
        inquiry.covered(inquiry.focus - joint),
        float(not holds(inquiry.answer, candidate.text, inquiry.text)),
        _attributes(inquiry, joint),
        1.0 / (1 + candidate.rank),
        _count(inquiry, candidate.terms),
        _count(inquiry, candidate.context),
        min(1.0, len(inquiry.weights) / _LONG),
    )


def _count(inquiry: Inquiry, words: frozenset[str]) -> float:
    return min(1.0, math.log1p(len(inquiry.topical & words)) / _MANY)


def _named(inquiry: Inquiry, words: frozenset[str]) -> float:
    if not inquiry.names:
        return 1.0
    return sum(len(name & words) / len(name) for name in inquiry.names) / len(inquiry.names)


def _attributes(inquiry: Inquiry, words: frozenset[str]) -> float:
    named = frozenset().union(*inquiry.names)
    asked = {term: weight for term, weight in inquiry.weights.items() if term not in named}
    total = sum(asked.values())
    return sum(weight for term, weight in asked.items() if term in words) / total if total else 1.0
