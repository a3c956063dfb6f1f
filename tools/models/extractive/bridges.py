"""Join two statements by a name one gives and the question does not: a two-hop answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tools.lexicon import names, terms
from tools.models.extractive.inquiry import Inquiry
from tools.models.extractive.pool import Candidate

_BRIDGES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Bridge:
    """Hold the statement (by its place in the pool) that leads to another, and the weight both cover."""

    first: int
    covered: float


def bridges(inquiry: Inquiry, pool: Sequence[Candidate]) -> Mapping[int, Bridge]:
    """Return the best first statement for each candidate of another source that describes what it names."""
    asked = frozenset(inquiry.weights)
    strength = [inquiry.covered(candidate.context) for candidate in pool]
    order = sorted(range(len(pool)), key=lambda at: (-strength[at], at))[:_BRIDGES]
    named = [(at, name) for at in order for name in _new_names(pool[at].text, asked)]
    found: dict[int, Bridge] = {}
    for second, candidate in enumerate(pool):
        for first, name in named:
            if not _leads(pool[first], candidate, name):
                continue
            joint = inquiry.covered(pool[first].context | candidate.context)
            if joint > found.get(second, Bridge(first=0, covered=strength[second])).covered:
                found[second] = Bridge(first=first, covered=joint)
    return found


def _leads(first: Candidate, second: Candidate, name: frozenset[str]) -> bool:
    return first.span.source != second.span.source and name <= second.context and name <= first.terms


def _new_names(text: str, asked: frozenset[str]) -> set[frozenset[str]]:
    found = (frozenset(terms(text[start:end])) for start, end in names(text))
    return {name for name in found if name and not name & asked}
