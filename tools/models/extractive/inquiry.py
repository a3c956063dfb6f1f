"""Read a question: its topic terms with their weights, its names and the answer it wants."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tools.lexicon.proper_names import names
from tools.lexicon.terms import stem, terms
from tools.models.extractive.answer_types import AnswerType, expected, focus

# Verbs and nouns that shape a question and name nothing: an answer rarely repeats them.
_LIGHT = frozenset(
    stem(word)
    for word in """according amount answer article call cause come consider default describe difference differ
    different do end explain find follow form get give go happen hold information keep kind length level list
    long main make many mean mention name need number often one part particular put rate reason report say
    should single size sort source speed stand stay stop take tell thing time try turn two type use used using
    usual value want way work""".split()  # noqa: SIM905 - a word list reads best as words
)
_LIGHT_WEIGHT = 0.35
_CARRIED_WEIGHT = 0.5
_CARRIED = re.compile(r"\(([^()]*)\)\?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """Hold a question's topic stems with weights that sum to 1, its names, its focus and its answer type."""

    text: str
    weights: Mapping[str, float]
    names: tuple[frozenset[str], ...]
    focus: frozenset[str]
    answer: AnswerType

    def covered(self, found: Iterable[str]) -> float:
        """Return the weight of the question's terms among those found, in 0..1."""
        return sum(self.weights.get(term, 0.0) for term in set(found))

    @property
    def topical(self) -> frozenset[str]:
        """Return the terms that name something, without the light ones that only shape the question."""
        return frozenset(self.weights) - _LIGHT


def inquire(question: str, frequencies: Counter[str], sentences: int) -> Inquiry:
    """Weigh the terms of a question by their rarity in a pool of sentences (idf, Sparck Jones 1972)."""
    carried = _CARRIED.search(question)
    own = question[: carried.start()] if carried else question
    raw = {
        term: _idf(frequencies[term], sentences) * _share(term, own=own)
        for term in dict.fromkeys(terms(question))
    }
    total = sum(raw.values()) or 1.0
    spans = [question[start:end] for start, end in names(question)]
    return Inquiry(
        text=question,
        weights={term: weight / total for term, weight in raw.items()},
        names=tuple(name for name in (frozenset(terms(span)) for span in spans) if name),
        focus=focus(own),
        answer=expected(own),
    )


def _idf(frequency: int, sentences: int) -> float:
    return math.log((sentences + 1) / (frequency + 0.5)) + 0.1


def _share(term: str, *, own: str) -> float:
    light = _LIGHT_WEIGHT if term in _LIGHT else 1.0
    return light if term in terms(own) else light * _CARRIED_WEIGHT
