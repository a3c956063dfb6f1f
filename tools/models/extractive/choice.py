"""Choose from rated candidates what becomes a claim: the best first, then only what adds something."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tools.models.extractive.assessment import Assessment
from tools.models.extractive.candidate import Candidate
from tools.models.extractive.comparison import side_terms
from tools.models.extractive.rival_values import are_rivals
from tools.models.extractive.shapes import Shape
from tools.statements.statement import statement
from tools.statements.statement_comparison import differ, disagree

_SHORTLIST = 40
_SINGLE = frozenset({Shape.FACT, Shape.RULING, Shape.DEFINITION, Shape.ABBREVIATION})
_EQUAL = 0.3  # share of the best probability from which a further candidate may as well be the single fact
_SPEAKING = 0.08  # and from which it is heard where it limits or contradicts that fact
_FURTHER = 0.08  # and from which a further candidate adds to an answer of several statements
_NEXT = 3  # characters between a sentence and the next
_EXCEPTS = re.compile(
    r"^\W*(?:but|however|only|otherwise|though|although)\b|\b(?:unless|except|exception|no longer)\b",
    re.IGNORECASE,
)
_COPY = 0.85  # share of the shorter statement's words from which two are one


def choose(assessed: Assessment, relevance: Sequence[float], count: int) -> list[int]:
    """Return places in the pool, best first, at most `count`: the best one's bridge beside it."""
    pool = assessed.pool
    order = sorted(range(len(pool)), key=lambda at: (-relevance[at], at))
    best = order[0]
    pair = assessed.found.get(best) if count > 1 else None
    chosen = [pair.first, pair.second] if pair else [best]
    for at in (*_sides(assessed, order, chosen), *_worth(assessed, order, relevance)):
        if len(chosen) >= count:
            break
        if all(_adds(pool[at], pool[other]) for other in chosen):
            chosen.append(at)
    return chosen


def _sides(assessed: Assessment, order: Sequence[int], chosen: Sequence[int]) -> Iterator[int]:
    """Yield for each side of a comparison that nothing chosen tells of the best candidate that does."""
    for own in side_terms(assessed.inquiry.text):
        if not any(own <= assessed.pool[at].context for at in chosen):
            yield from [at for at in order[:_SHORTLIST] if own <= assessed.pool[at].context][:1]


def _worth(assessed: Assessment, order: Sequence[int], relevance: Sequence[float]) -> Iterator[int]:
    """Yield what may be shown beside the best: beside a single fact what may as well be it or limits it."""
    best = order[0]
    if assessed.inquiry.shape not in _SINGLE:
        least = _FURTHER * relevance[best]
        yield from (at for at in order[:_SHORTLIST] if relevance[at] >= least)
        return
    for at in order[:_SHORTLIST]:
        share = relevance[at] / (relevance[best] or 1.0)
        if share >= _EQUAL or (share >= _SPEAKING and _limits(assessed, best, at)):
            yield at


def _limits(assessed: Assessment, best: int, at: int) -> bool:
    """Tell whether a candidate goes on from the best one with an exception, or gives another value."""
    first, other = assessed.pool[best], assessed.pool[at]
    if first.span.source == other.span.source:
        behind = 0 <= other.span.start - first.span.end <= _NEXT
        return behind and bool(_EXCEPTS.search(other.text))
    if are_rivals(assessed.inquiry.text, first.text, other.text):
        return True
    return disagree(statement(first.text), statement(other.text))


def _adds(one: Candidate, other: Candidate) -> bool:
    """Tell whether a candidate says something beside another one: neither overlaps it nor repeats it."""
    if one.overlaps(other):
        return False
    shorter = min(len(one.terms), len(other.terms))
    if len(one.terms & other.terms) < _COPY * shorter:
        return True
    if one.span.source == other.span.source:
        return False
    says = statement(one.text), statement(other.text)
    return differ(*says) or disagree(*says)
