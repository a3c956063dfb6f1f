"""Join two statements by a name one gives and the question does not: a two-hop answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tools.lexicon.proper_names import names
from tools.lexicon.terms import terms
from tools.models.extractive.answer_types import AnswerType, holds
from tools.models.extractive.candidate import Candidate
from tools.models.extractive.inquiry import Inquiry

_FIRSTS = 8
_ANSWERS = 0.1
_TITLED = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Bridge:
    """Hold two statements by their places in the pool, the naming one first, and the weight both cover."""

    first: int
    second: int
    covered: float

    def partner(self, place: int) -> int:
        """Return the other of the two places."""
        return self.second if place == self.first else self.first


def bridges(inquiry: Inquiry, pool: Sequence[Candidate]) -> Mapping[int, Bridge]:
    """Return for each place in the pool the best bridge it is part of.

    Both sides together cover more than one alone, or the second comes from a document titled by the name.
    """
    strength = [inquiry.covered(candidate.context) for candidate in pool]
    best: dict[int, tuple[float, Bridge]] = {}
    for first, second, titled in _pairs(inquiry, pool, strength):
        covered = inquiry.covered(pool[first].context | pool[second].context)
        if not titled and covered <= max(strength[first], strength[second]):
            continue
        worth = covered + _ANSWERS * _answers(inquiry, pool[second]) + _TITLED * titled
        for place in (first, second):
            if place not in best or worth > best[place][0]:
                best[place] = (worth, Bridge(first=first, second=second, covered=covered))
    return {place: bridge for place, (_, bridge) in best.items()}


def _pairs(
    inquiry: Inquiry, pool: Sequence[Candidate], strength: Sequence[float]
) -> Iterator[tuple[int, int, bool]]:
    """Yield a strong statement, one of another source on a name it gives, and whether that is its title."""
    asked = frozenset(inquiry.weights)
    for first in sorted(range(len(pool)), key=lambda at: (-strength[at], at))[:_FIRSTS]:
        given = _new_names(pool[first].text, asked)
        for second, candidate in enumerate(pool):
            if candidate.span.source != pool[first].span.source:
                about = [name for name in given if name <= candidate.context]
                if about:
                    yield first, second, any(_titles(name, candidate.title) for name in about)


def _titles(name: frozenset[str], title: Sequence[str]) -> bool:
    """Tell whether a title is a name, or begins with it and explains it."""
    return frozenset(title[: len(name)]) == name


def _answers(inquiry: Inquiry, candidate: Candidate) -> bool:
    return inquiry.answer is AnswerType.ANY or holds(inquiry.answer, candidate.text, inquiry.text)


def _new_names(text: str, asked: frozenset[str]) -> set[frozenset[str]]:
    found = (frozenset(terms(text[start:end])) for start, end in names(text))
    return {name for name in found if name and not name & asked}
