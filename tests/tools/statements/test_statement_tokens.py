from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tools.statements.statement_tokens import is_name, tokens


def test_words_and_signs_come_in_order_with_their_content() -> None:
    """Stop words, denials and signs are no content."""
    found = tokens("The X100 of Ada isn't NASA's (new)")
    assert [token.text for token in found if token.content] == ["X100", "Ada", "NASA's", "new"]
    assert [token.text for token in found if not token.text[0].isalnum()] == ["(", ")"]


def test_a_name_has_a_digit_or_a_capital_within_the_sentence() -> None:
    """The first word of a sentence has its capital for another reason."""
    found = tokens("The X100 of Ada isn't NASA's")
    assert [token.text for at, token in enumerate(found) if is_name(found, at)] == ["X100", "Ada", "NASA's"]


@given(st.text(max_size=200))
def test_any_text_is_cut(text: str) -> None:
    """No text makes cutting fail, and each word stands in the text."""
    assert all(token.text in text for token in tokens(text))
