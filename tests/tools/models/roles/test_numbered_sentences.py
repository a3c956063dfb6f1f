from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graph.records import Span
from tests.tools.models.roles.scripted import scored
from tools.models.roles.numbered_sentences import MOST_ADJACENT, number_sentences

TEXT = "Krill swarm in cold seas. Whales eat krill. Gulls eat fish. Seals eat fish. Terns dive."
SHOWN = number_sentences([scored(TEXT, 1.0, title="Krill"), scored("Ice melts.", 0.5)])


def words(span: Span) -> str:
    return TEXT[span.start : span.end]


def test_each_sentence_has_a_number_under_its_source() -> None:
    """Numbers go on over sources, and a sentence is on one line."""
    assert "Source 1: Krill\n[1] Krill swarm in cold seas.\n[2] Whales eat krill." in SHOWN.text
    assert "[6] Ice melts." in SHOWN.text
    assert len(SHOWN.taint) == 2


def test_neighbours_become_one_span_of_at_most_three() -> None:
    """Numbers that follow each other in one excerpt are quoted together."""
    assert [words(span) for span in SHOWN.spans([2, 1])] == ["Krill swarm in cold seas. Whales eat krill."]
    assert len(SHOWN.spans([1, 2, 3, 4])) == 2
    assert len(SHOWN.spans([5, 6])) == 2


@given(st.lists(st.integers(-10, 99)))
def test_only_numbers_that_were_given_become_spans(numbers: list[int]) -> None:
    """An unknown number is dropped, and no span holds more than three sentences."""
    known = {number for number in numbers if 1 <= number <= 6}
    spans = SHOWN.spans(numbers)
    assert bool(spans) == bool(known)
    assert len(known) / MOST_ADJACENT <= len(spans) <= len(known)
