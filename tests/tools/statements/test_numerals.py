from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.statements.numerals import numerals


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("twenty-one gates", "21 gates"),
        ("an hour and a half", "1.5 hours"),
        ("a third of the birds", "33.33 % of the birds"),
        ("two hundred and five", "205"),
        ("twice a day", "2 times a day"),
        ("three to four", "3 to 4"),
        ("one of them", "one of them"),
    ],
)
def test_number_words_become_digits(text: str, digits: str) -> None:
    """A run of number words is one number; "one" for a thing stays a word."""
    assert numerals(text) == digits


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    """No text makes reading fail."""
    assert isinstance(numerals(text), str)
