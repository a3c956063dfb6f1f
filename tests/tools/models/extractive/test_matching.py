"""The words of a question find the words of a text that stand for them, and no others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.lexicon.terms import stem
from tools.models.extractive.matching import DERIVED, TYPED, matched
from tools.spelling import misspelt


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("heavy", "weighs"),
        ("winner", "won"),
        ("employs", "employee"),
        ("owner", "belongs"),
        ("founded", "established"),
        ("maintains", "maintenance"),
    ],
)
def test_a_word_finds_another_form_or_word_for_the_same(asked: str, said: str) -> None:
    """Inflection, derivation and everyday synonyms are found, less surely than the word itself."""
    found = matched(stem(asked), {stem(said), stem("unrelated")})
    assert set(found) == {stem(said)}
    assert 0 < found[stem(said)] < 1


def test_a_word_that_is_there_stands_for_itself() -> None:
    """No other word counts as much."""
    found = matched(stem("limit"), {stem("limit"), stem("maximum")})
    assert found[stem("limit")] == 1.0 > found[stem("maximum")]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("recieve", "receive"), ("configuraton", "configuration"), ("tempreature", "temperature")],
)
def test_a_slip_of_the_pen_is_mended(typed: str, meant: str) -> None:
    """A letter missing or in its neighbour's place is forgiven where nothing else is meant."""
    assert misspelt(typed, {meant, "reception", "temper"}) == [meant]
    assert matched(stem(typed), {stem(meant)}) in ({stem(meant): TYPED}, {stem(meant): DERIVED})


@pytest.mark.parametrize("word", ["port", "v3", "5321", "abc12345"])
def test_short_words_and_figures_are_never_mended(word: str) -> None:
    """One letter away from a short word, or from a number, is another word."""
    assert misspelt(word, {"part", "sort", "v4", "5322", "abc12346"}) == []


@given(
    st.text(alphabet="abcdeé1", max_size=12), st.sets(st.text(alphabet="abcdeé1", min_size=1, max_size=12))
)
def test_every_word_found_is_one_of_the_vocabulary(word: str, vocabulary: set[str]) -> None:
    """Nothing is made up, and how sure a match is lies between 0 and 1."""
    found = matched(word, vocabulary) if word else {}
    assert set(found) <= vocabulary
    assert all(0 < sure <= 1 for sure in found.values())
