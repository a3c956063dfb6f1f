from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.linear_regex import LinearPattern
from tools.models.extractive.comparison import sides


@pytest.mark.parametrize("pattern", [r"(?<=a)b", r"(a)\1", "(", "a{2000}", "\ud800"])
def test_what_cannot_be_matched_in_linear_time_is_no_pattern(pattern: str) -> None:
    """Look-arounds, references back and huge counts are refused, and broken characters with them."""
    with pytest.raises(ValueError):  # noqa: PT011 - what it says depends on the pattern
        LinearPattern(pattern)


@given(st.text(st.characters(), max_size=40))
def test_any_text_is_matched(text: str) -> None:
    """Halves of surrogate pairs, which are no characters, keep nothing from being found where it stands."""
    found = LinearPattern("needle").search(f"{text}needle")
    assert found.start() == (text + "needle").index("needle")


def test_a_question_of_broken_characters_is_one_question() -> None:
    """Half a character in a comparison stops nothing."""
    assert len(sides("Compare \ud800 and b")) in {1, 2}
