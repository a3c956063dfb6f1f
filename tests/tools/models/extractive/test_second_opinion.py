"""Comparing words tells what another reader points at from what has nothing to do with the question."""

from __future__ import annotations

from graph.reading import Excerpt
from graph.records import Span
from tests.tools.models.extractive.made import excerpt
from tools.models.extractive.second_opinion import SecondOpinion, second_opinion

GRANARY = excerpt(
    "The granary of Sull holds 900 tonnes of barley. Its roof was mended twice. Swallows nest there.",
    title="Granary",
)
BAKER = excerpt("The baker sings in the evening. He owns a brown dog.", title="Baker")
QUESTION = "How much barley does the granary of Sull hold?"


def opinion() -> SecondOpinion:
    made = second_opinion(QUESTION, [GRANARY, BAKER])
    assert made is not None
    return made


def span(words: str, of: Excerpt) -> Span:
    start = of.text.reveal().index(words)
    return Span(source=of.passage.span.source, start=start, end=start + len(words))


def test_the_answer_is_plausible_and_a_remark_elsewhere_is_not() -> None:
    """One plausible span among several is enough."""
    answer = span("The granary of Sull holds 900 tonnes of barley.", GRANARY)
    remark = span("He owns a brown dog.", BAKER)
    assert opinion().is_plausible([remark, answer])
    assert not opinion().is_plausible([remark])
    assert not opinion().is_plausible([])


def test_a_remark_beside_the_answer_is_not_as_likely_as_the_answer() -> None:
    """A short sentence that leans on the one before it does not count as both."""
    assert not opinion().is_plausible([span("Its roof was mended twice.", GRANARY)])


def test_a_span_is_topical_by_a_word_that_the_question_is_about() -> None:
    """A sentence that shares none is off the topic, whichever source it is of."""
    assert opinion().is_topical(span("holds 900 tonnes", GRANARY))
    assert not opinion().is_topical(span("Swallows nest there.", GRANARY))
    assert not opinion().is_topical(span("The baker sings", BAKER))


def test_without_candidates_there_is_no_opinion() -> None:
    """Nothing to read is nothing to compare."""
    assert second_opinion(QUESTION, []) is None
