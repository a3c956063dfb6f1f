from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import Unusable
from tools.net.query_keywords import LONGEST, keywords


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("What is a half-open breaker?", ["half", "open", "breaker"]),
        ("site:evil.example OR breaker AND (repo:x)", ["site", "evil", "example", "breaker", "repo", "x"]),
        ("Müller\N{RIGHT SINGLE QUOTATION MARK}s théorème", ["Müller's", "théorème"]),
        ("what is it", ["what", "is", "it"]),
    ],
)
def test_a_question_becomes_the_words_of_its_topic(query: str, words: list[str]) -> None:
    """Signs and operators go, stop words go where others are left."""
    assert keywords(query) == words


@pytest.mark.parametrize("query", ["", "?!", "OR and NOT"])
def test_a_question_without_words_is_dropped(query: str) -> None:
    """There is nothing to search for."""
    with pytest.raises(Unusable, match="no words"):
        keywords(query)


@given(st.text(max_size=2_000))
def test_no_sign_of_a_query_language_is_left(query: str) -> None:
    """Whatever is asked, the words hold letters, numbers, marks and apostrophes, within the length."""
    try:
        words = keywords(query)
    except Unusable:
        return
    assert not set(" ".join(words)) & set('":()[]{}*?~^-+&|!/\\<>=,;')
    assert len(" ".join(words)) <= LONGEST
