from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guards.request import MOST_CHARACTERS, is_question_clear, is_request_allowed


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("", "empty"),
        (" \n\t ", "empty"),
        ("x" * 100_000, "100,000 characters"),
        ("what \x00 now", "control"),
        ("lone \ud800 surrogate", "control"),
        ("?!…", "no word"),
    ],
)
def test_a_question_that_cannot_be_researched_is_refused_with_its_reason(question: str, reason: str) -> None:
    """Each kind of bad question is refused, and the reason names what is wrong."""
    decision = is_request_allowed(question)
    assert not decision.allowed
    assert reason in decision.reason


def test_an_ordinary_question_passes_in_any_script() -> None:
    """Letters of any script are words."""
    for question in ("When does it close?", "什么是断路器?", "Что такое WAL?", "línea\nsegunda"):
        assert is_request_allowed(question).allowed


@given(st.text())
def test_what_passes_is_bounded_printable_and_has_a_word(question: str) -> None:
    """No text whatever passes that is longer than the bound, unencodable or wordless."""
    if is_request_allowed(question).allowed:
        assert 0 < len(question) <= MOST_CHARACTERS
        assert any(character.isalnum() for character in question)
        question.encode()


@pytest.mark.parametrize("question", ["Why?", "what about it?", "How does that do this?"])
def test_a_question_that_only_points_is_not_clear(question: str) -> None:
    """A question without a subject of its own is held back for a person to clarify."""
    assert not is_question_clear(question).allowed
    assert is_question_clear("Why do breakers open?").allowed
