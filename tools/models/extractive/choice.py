"""Choose from rated candidates what becomes a claim: the best first, then only what adds something."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph.records import Span
from tools.lexicon.terms import terms
from tools.models.extractive.assessment import Assessment
from tools.models.extractive.candidate import Candidate
from tools.models.extractive.comparison import sides
from tools.statements.statement import statement
from tools.statements.statement_comparison import differ, disagree

_SHORTLIST = 40
_KEPT = 0.08  # share of the best probability from which a further candidate is shown
_COPY = 0.85  # share of the shorter statement's words from which two are one


def choose(assessed: Assessment, relevance: Sequence[float], count: int) -> list[int]:
    """Return places in the pool, best first, at most `count`: the best one's bridge beside it."""
    pool = assessed.pool
    order = sorted(range(len(pool)), key=lambda at: (-relevance[at], at))
    best = order[0]
    pair = assessed.found.get(best) if count > 1 else None
    chosen = [pair.first, pair.second] if pair else [best]
    for at in (*_sides(assessed, order, chosen), *_worth(order, relevance)):
        if len(chosen) >= count:
            break
        if all(_adds(pool[at], pool[other]) for other in chosen):
            chosen.append(at)
    return chosen


def _sides(assessed: Assessment, order: Sequence[int], chosen: Sequence[int]) -> Iterator[int]:
    """Yield for each side of a comparison that nothing chosen tells of the best candidate that does."""
    asked = [frozenset(terms(side)) for side in sides(assessed.inquiry.text)]
    if len(asked) > 1:
        for own in (asked[0] - asked[1], asked[1] - asked[0]):
            if own and not any(own <= assessed.pool[at].context for at in chosen):
                yield from [at for at in order[:_SHORTLIST] if own <= assessed.pool[at].context][:1]


def _worth(order: Sequence[int], relevance: Sequence[float]) -> Iterator[int]:
    least = _KEPT * relevance[order[0]]
    return (at for at in order[:_SHORTLIST] if relevance[at] >= least)


def _adds(one: Candidate, other: Candidate) -> bool:
    """Tell whether a candidate says something beside another one: neither overlaps it nor repeats it."""
    if _overlaps(one.span, other.span):
        return False
    shorter = min(len(one.terms), len(other.terms))
    if len(one.terms & other.terms) < _COPY * shorter:
        return True
    if one.span.source == other.span.source:
        return False
    says = statement(one.text), statement(other.text)
    return differ(*says) or disagree(*says)


def _overlaps(left: Span, right: Span) -> bool:
    return left.source == right.source and left.start < right.end and right.start < left.end
