"""Describe by a few numbers how much of a question a candidate and its surroundings hold; each in 0..1."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tools.models.extractive.candidate import Candidate
from tools.models.extractive.inquiry import Inquiry

NAMES = (
    "statement",  # weight of the question's terms in the statement itself
    "subject",  # the same with its title, heading, lead-in or table header
    "near",  # the same with the statements beside it
    "passage",  # the same with its whole excerpt and title
    "context",  # the same with title, heading and the sentence before
    "bridged",  # what a statement of another source adds that is joined to this one by a name
    "gap",  # heaviest single term the statement's context and the bridge lack
    "gap_passage",  # heaviest single term that its whole excerpt lacks
    "names",  # share of the question's names in the context and the bridge
    "strict",  # share of the names, identifiers and figures asked for in the statement and its subject
    "strict_passage",  # the same in its whole excerpt
    "strict_document",  # the same in all excerpts of its source
    "unknown",  # share of the question's terms that nothing in the pool stands for
    "unfocused",  # weight of the noun asked for that context and bridge lack
    "attributes",  # weight share of the terms that belong to no name, in the context and the bridge
    "pairs",  # share of the question's neighbouring terms that are near each other in the statement
    "opens",  # weight of the question's terms among its first three
    "heading",  # share of its heading that the question says
    "headed",  # weight of the question's terms in its heading
    "titled",  # weight of the question's terms in its title
    "best",  # weight of its terms over the greatest of the pool
    "best_subject",  # the same with its subject
    "order",  # reciprocal place when the pool is sorted by these two
    "matched",  # number of topic terms in the statement: two of four prove less than ten of twenty
    "around",  # the same in its context
    "length",  # number of the question's terms, of thirty: long questions are never covered whole
    "dense",  # share of its words that the question says
)
_LONG = 30
_MANY = math.log(21)
_NEAR = 4
_OPENING = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Hold for each candidate how much it covers, alone and with its subject, and its place by both.

    `unknown` is the share of the question's terms that nothing in the pool stands for.
    """

    own: tuple[float, ...]
    subject: tuple[float, ...]
    places: Mapping[int, int]
    unknown: float


def compared(inquiry: Inquiry, pool: Sequence[Candidate]) -> Compared:
    """Compare the candidates of a pool by the weight of the question's terms that they hold."""
    own = tuple(inquiry.covered(c.terms) for c in pool)
    subject = tuple(inquiry.covered(c.terms.union(c.subject, c.title)) for c in pool)
    order = sorted(range(len(pool)), key=lambda at: (-(own[at] + subject[at]), at))
    unknown = sum(1 for term in inquiry.order if not inquiry.stands[term]) / max(1, len(inquiry.order))
    return Compared(
        own=own, subject=subject, places={at: place for place, at in enumerate(order)}, unknown=unknown
    )


def coverage(
    inquiry: Inquiry, candidate: Candidate, bridge: frozenset[str], whole: Compared, at: int
) -> tuple[float, ...]:
    """Return the values of `NAMES` for the candidate at a place of its pool."""
    joint, passage = candidate.context | bridge, candidate.passage.union(candidate.title)
    subject = candidate.terms.union(candidate.subject, candidate.title)
    context = inquiry.covered(candidate.context)
    return (
        whole.own[at],
        whole.subject[at],
        inquiry.covered(candidate.near),
        inquiry.covered(passage),
        context,
        max(0.0, inquiry.covered(joint) - context),
        _gap(inquiry, joint),
        _gap(inquiry, passage),
        _named(inquiry, joint),
        strict_share(inquiry, subject),
        strict_share(inquiry, passage),
        strict_share(inquiry, candidate.document),
        whole.unknown,
        math.fsum(inquiry.weights.get(t, 0.0) * (1 - inquiry.met(t, joint)) for t in inquiry.focus),
        _attributes(inquiry, joint),
        _pairs(inquiry, candidate.words),
        inquiry.covered(candidate.words[:_OPENING]),
        said_share(inquiry, candidate.heading),
        inquiry.covered(candidate.heading),
        inquiry.covered(candidate.title),
        whole.own[at] / (max(whole.own) or 1.0),
        whole.subject[at] / (max(whole.subject) or 1.0),
        1.0 / (1 + whole.places[at]),
        _count(inquiry, candidate.terms),
        _count(inquiry, candidate.context),
        min(1.0, len(inquiry.weights) / _LONG),
        said_share(inquiry, candidate.terms),
    )


def strict_share(inquiry: Inquiry, words: frozenset[str]) -> float:
    """Return the share of the names, identifiers and figures asked for that are among words; 1 for none."""
    if not inquiry.strict:
        return 1.0
    return math.fsum(inquiry.met(term, words) for term in inquiry.strict) / len(inquiry.strict)


def said_share(inquiry: Inquiry, words: frozenset[str]) -> float:
    """Return the share of words that the question says, in its words or others for the same."""
    return len(words & inquiry.said) / len(words) if words else 0.0


def _gap(inquiry: Inquiry, words: frozenset[str]) -> float:
    return max((weight * (1 - inquiry.met(t, words)) for t, weight in inquiry.weights.items()), default=0.0)


def _pairs(inquiry: Inquiry, words: Sequence[str]) -> float:
    """Return the share of neighbouring question terms that stand within a few words of each other."""
    pairs = list(pairwise(inquiry.order))
    if not pairs:
        return 0.0
    where: dict[str, list[int]] = {}
    for at, word in enumerate(words):
        where.setdefault(word, []).append(at)
    met = 0
    for left, right in pairs:
        a = [at for w in inquiry.stands[left] for at in where.get(w, ())]
        b = [at for w in inquiry.stands[right] for at in where.get(w, ())]
        met += any(abs(x - y) <= _NEAR for x in a for y in b)
    return met / len(pairs)


def _count(inquiry: Inquiry, words: frozenset[str]) -> float:
    met = math.fsum(inquiry.met(term, words) for term in inquiry.topical)
    return min(1.0, math.log1p(met) / _MANY)


def _named(inquiry: Inquiry, words: frozenset[str]) -> float:
    if not inquiry.names:
        return 1.0
    shares = [math.fsum(inquiry.met(t, words) for t in name) / len(name) for name in inquiry.names]
    return math.fsum(shares) / len(shares)


def _attributes(inquiry: Inquiry, words: frozenset[str]) -> float:
    named = frozenset().union(*inquiry.names)
    asked_of = {term: weight for term, weight in inquiry.weights.items() if term not in named}
    total = math.fsum(asked_of.values())
    return math.fsum(w * inquiry.met(t, words) for t, w in asked_of.items()) / total if total else 1.0
