"""Describe by a few numbers how form and content of a candidate meet what is asked; each in 0..1."""

from __future__ import annotations

import re

from tools.models.extractive.answer_types import AnswerType
from tools.models.extractive.candidate import Candidate, Unit
from tools.models.extractive.comparison import side_terms
from tools.models.extractive.definitions import asked_term, defines
from tools.models.extractive.inquiry import Inquiry
from tools.models.extractive.shapes import Shape, has_shape

NAMES = (
    "defines_exactly",  # says what the thing asked about is, and names nothing else before that
    "opens_exactly",  # begins with the thing asked about
    "first_exactly",  # the first under a heading that names the thing and nothing else
    "first_headed",  # the first under its heading, by the weight of the question's terms in that
    "reasons",  # a reason is asked for and given, by the weight of the question's terms around it
    "rules",  # a ruling is asked for and given, by the weight of the question's terms in it
    "forbids",  # the same, and it says no, only, must or the like
    "steps",  # steps are asked for and given, by the weight of the question's terms in and around them
    "lists",  # the same with a list
    "sides",  # share of what is compared that it tells of
    "sides_compared",  # the same, and it has a word that compares
    "default",  # a default is asked for and spoken of
)
_FORBIDS = re.compile(
    r"\b(?:must|cannot|not|no|never|only|required?|requires|always|none|supported|unsupported)\b|n['\u2019]t\b",
    re.IGNORECASE,
)
_DEFAULT = re.compile(r"\bdefaults?\b", re.IGNORECASE)


class FormFeatures:
    """Describe the candidates for one question; what the question wants is read once."""

    def __init__(self, inquiry: Inquiry) -> None:
        self._inquiry = inquiry
        wanted = inquiry.shape is Shape.DEFINITION and inquiry.answer is AnswerType.ANY
        self._term = asked_term(inquiry.text) if wanted else frozenset()
        self._sides = side_terms(inquiry.text)
        self._default = bool(_DEFAULT.search(inquiry.text))

    def of(self, candidate: Candidate) -> tuple[float, ...]:
        """Return the values of `NAMES`."""
        inquiry, shape = self._inquiry, self._inquiry.shape
        own, context = inquiry.covered(candidate.terms), inquiry.covered(candidate.context)
        around = inquiry.covered(candidate.terms.union(candidate.subject, candidate.title))
        formed = has_shape(shape, candidate.text)
        met = self._met(candidate)
        return (
            *self._defining(candidate),
            candidate.first * inquiry.covered(candidate.heading),
            context * (shape is Shape.REASON and formed),
            own * (shape is Shape.RULING and formed),
            own * (shape is Shape.RULING and bool(_FORBIDS.search(candidate.text))),
            around * (shape is Shape.STEPS and candidate.unit in {Unit.STEPS, Unit.EXAMPLE}),
            around * (shape is Shape.LIST and candidate.unit in {Unit.LIST, Unit.STEPS}),
            met,
            met * (shape is Shape.COMPARISON and formed),
            float(self._default and bool(_DEFAULT.search(candidate.text))),
        )

    def _defining(self, candidate: Candidate) -> tuple[float, float, float]:
        if not self._term:
            return 0.0, 0.0, 0.0
        opening = frozenset(candidate.words[: len(self._term)])
        return (
            defines(candidate.text, self._term, self._inquiry),
            self._exactness(opening),
            candidate.first * self._exactness(candidate.heading),
        )

    def _exactness(self, words: frozenset[str]) -> float:
        """Return how exactly words name what is to be defined, in 0..1: all of it, and nothing else."""
        if not words:
            return 0.0
        met = sum(self._inquiry.met(term, words) for term in sorted(self._term)) / len(self._term)
        same = self._term.union(*(self._inquiry.stands.get(term, ()) for term in self._term))
        return met * len(words & same) / len(words)

    def _met(self, candidate: Candidate) -> float:
        """Return the share of the compared things that a candidate and its surroundings name."""
        if not self._sides:
            return 0.0
        return sum(side <= candidate.context for side in self._sides) / len(self._sides)
