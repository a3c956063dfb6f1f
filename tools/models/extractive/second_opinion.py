"""Compare what another reader points at with what comparing words would choose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.reading import Excerpt
from graph.records import Span
from tools.lexicon.analysis_language import in_language
from tools.models.extractive.assessment import assess
from tools.models.extractive.calibration import calibration
from tools.models.extractive.candidate import Candidate
from tools.models.extractive.certainty import certainty
from tools.models.extractive.claim_rating import scored, shares
from tools.models.extractive.inquiry import Inquiry
from tools.models.extractive.question_language import question_language
from tools.models.extractive.question_phrases import without_phrase

LEAST = 0.08
"""The least share of the best candidate's probability: below it the engine shows no further claim either."""
LEAST_ALONE = 0.25
"""The least share where comparing words finds no answer: there a reader stands alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondOpinion:
    """Hold what a question asks, and the candidates of its excerpts with the probability of each.

    It is `sure` where comparing words finds an answer.
    """

    inquiry: Inquiry
    pool: tuple[Candidate, ...]
    likely: tuple[float, ...]
    sure: bool

    def is_plausible(self, spans: Sequence[Span]) -> bool:
        """Tell whether one of the spans comes near the best candidate."""
        least = max(self.likely) * (LEAST if self.sure else LEAST_ALONE)
        return any(
            likely >= least
            for likely, candidate in zip(self.likely, self.pool, strict=True)
            if any(_covers(span, candidate) for span in spans)
        )

    def is_topical(self, span: Span) -> bool:
        """Tell whether a span, its heading or its lead-in has a word that the question is about."""
        topical = self.inquiry.topical
        words = topical.union(*(self.inquiry.stands[term] for term in topical))
        return not words or any(words & found for found in self._words(span))

    def _words(self, span: Span) -> Iterator[frozenset[str]]:
        for candidate in self.pool:
            if any(_touches(own, span) for own in candidate.spans):
                yield candidate.terms | candidate.subject


def second_opinion(question: str, excerpts: Sequence[Excerpt]) -> SecondOpinion | None:
    """Rate the candidates of excerpts; None where there are none."""
    language = question_language(question, excerpts)
    with in_language(language):
        assessed = assess(without_phrase(question, language), excerpts)
        if assessed is None:
            return None
        fitted = calibration()
        scores = scored(assessed, fitted)
        likely = tuple(shares(scores))
        sure = fitted.relevance(certainty(assessed.rows, scores)) >= fitted.answer
    return SecondOpinion(inquiry=assessed.inquiry, pool=assessed.pool, likely=likely, sure=sure)


def _covers(span: Span, candidate: Candidate) -> bool:
    """Tell whether a span holds half of a candidate: a remark beside an answer is not as likely as both."""
    shared = sum(
        max(0, min(own.end, span.end) - max(own.start, span.start)) for own in _beside(span, candidate)
    )
    return 2 * shared >= sum(own.end - own.start for own in candidate.spans)


def _beside(span: Span, candidate: Candidate) -> Iterator[Span]:
    return (own for own in candidate.spans if own.source == span.source)


def _touches(one: Span, other: Span) -> bool:
    return one.source == other.source and one.start < other.end and other.start < one.end
