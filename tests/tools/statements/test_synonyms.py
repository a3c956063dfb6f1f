from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.statements.synonyms import fold, is_content


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("went", "gone"),
        ("goes", "went"),
        ("tore", "tears"),
        ("withdrawn", "withdraws"),
        ("shelves", "shelf"),
        ("children", "child"),
        ("purchase", "buys"),
        ("Ada's", "ada"),
        ("started", "begins"),
    ],
)
def test_forms_and_synonyms_share_one_form(one: str, other: str) -> None:
    """Irregular forms, inflections, possessives and synonyms of general English fold alike."""
    assert fold(one) == fold(other)


def test_only_words_that_tell_what_a_statement_is_about_are_content() -> None:
    """Stop words and names of days and months are not."""
    assert [word for word in ("the", "Monday", "krill", "of", "swarm") if is_content(word)] == [
        "krill",
        "swarm",
    ]


@given(st.text(max_size=40))
def test_any_word_has_a_form(word: str) -> None:
    """No word makes folding fail."""
    assert isinstance(fold(word), str)
