from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.search.web.query_length import shorten_query, without_operators


@given(query=st.text(), characters=st.integers(1, 60), words=st.none() | st.integers(1, 10))
def test_a_query_is_cut_to_size(query: str, characters: int, words: int | None) -> None:
    """Neither bound is passed, nothing is added, and only a single long word is cut within."""
    cut = shorten_query(query, characters=characters, words=words)
    begins = query.split()[: len(cut.split())]
    assert len(cut) <= characters
    assert words is None or len(cut.split()) <= words
    assert cut.split() == begins or " ".join(begins).startswith(cut)


def test_a_query_that_fits_is_kept() -> None:
    """The last word that fits to the letter stays."""
    assert shorten_query("half-open breaker", characters=17) == "half-open breaker"
    assert shorten_query("half-open breaker", characters=16) == "half-open"
    assert shorten_query("half-open breaker closes", characters=17) == "half-open breaker"


@given(st.text(alphabet="ab!\\ "))
def test_no_bang_is_left(query: str) -> None:
    """No word begins or ends as a bang does, unless there is no other word."""
    sent = without_operators(query)
    assert sent == query or all(word[0] not in "!\\" and word[-1] != "!" for word in sent.split())


@pytest.mark.parametrize(
    ("query", "sent"), [("a != b", "a = b"), ("!g a", "g a"), ("wow! a", "wow a"), ("!!", "!!")]
)
def test_words_stay(query: str, sent: str) -> None:
    """A bang loses its mark and stays as a word."""
    assert without_operators(query) == sent
