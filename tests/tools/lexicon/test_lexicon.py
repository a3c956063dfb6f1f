"""Test the lexicon: words, sentences and names with exact offsets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.lexicon.proper_names import names
from tools.lexicon.sentences import sentences
from tools.lexicon.terms import is_stop, stem, terms, tokens

TEXT = st.text(max_size=400) | st.text(alphabet="aB. \n\t-#|,;`\"'“”1é東", max_size=200)


def cut(text: str, spans: list[tuple[int, int]]) -> list[str]:
    return [text[start:end] for start, end in spans]


@given(TEXT)
def test_every_token_stands_where_it_says(text: str) -> None:
    """A token's offsets lead back to a word whose stem it is, in order and apart."""
    end = 0
    for token in tokens(text):
        assert end <= token.start < token.end <= len(text)
        assert stem(text[token.start : token.end]) == token.stem
        assert token.stem
        assert not any(map(str.isspace, token.stem))
        end = token.end


@given(TEXT)
def test_sentences_and_names_are_ordered_apart_and_trimmed(text: str) -> None:
    """Whatever the text, spans come in order, do not overlap and begin and end with a sign."""
    for spans in (sentences(text), names(text)):
        end = 0
        for start, stop in spans:
            assert end <= start < stop <= len(text)
            end = stop
    assert all(piece == piece.strip() for piece in cut(text, sentences(text)))


@given(TEXT)
def test_sentences_leave_no_letter_out(text: str) -> None:
    """Every letter that is no list mark stands in a sentence."""
    spans = sentences(text)
    for at, sign in enumerate(text):
        if sign in "éB":
            assert any(start <= at < end for start, end in spans)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TGF-β's naïve mother's", ["tgf", "beta", "naiv", "mother"]),
        ("1,200.50 and 3.5 of snake_case", ["1200.50", "3.5", "snake", "case"]),
        ("WHO is who", ["who"]),
        ("they don't", []),
        ("東京", ["東京"]),
        ("Bråk in Straße", ["brak", "strass"]),
    ],
)
def test_terms_fold_and_stem_what_carries_a_topic(text: str, expected: list[str]) -> None:
    """Terms are folded and stemmed, numbers whole, compounds in parts, stop words gone, acronyms kept."""
    assert terms(text) == expected


def test_an_acronym_is_no_stop_word() -> None:
    """A stop word written in capitals carries a topic; a single capital does not."""
    assert is_stop("it")
    assert is_stop("A")
    assert not is_stop("IT")


def test_full_stops_of_abbreviations_and_initials_end_nothing() -> None:
    """Titles, initials, decimals and clipped words do not end a sentence unless one clearly begins."""
    text = "Dr. J. R. R. Tolkien, e.g. in Fig. 3, took 3.5 mg at Acme Inc. in Rome. He left the U.S. The end?"
    assert cut(text, sentences(text)) == [
        "Dr. J. R. R. Tolkien, e.g. in Fig. 3, took 3.5 mg at Acme Inc. in Rome.",
        "He left the U.S.",
        "The end?",
    ]


def test_structure_ends_sentences_and_marks_are_left_out() -> None:
    """Headings, list items, table rows, fields and code lines are sentences of their own, without marks."""
    text = (
        "# A title\n\n- first item\n  goes on\n- second\n1. one\n\nname,age,city\na,3,b\n\n"
        "Key: value\nOther: v\n"
        "```\nx = 1\ny = 2\n```\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    )
    assert cut(text, sentences(text)) == [
        "A title",
        "first item\n  goes on",
        "second",
        "one",
        "name,age,city",
        "a,3,b",
        "Key: value",
        "Other: v",
        "x = 1",
        "y = 2",
        "| a | b |",
        "| 1 | 2 |",
    ]


def test_a_wrapped_line_goes_on() -> None:
    """A line's end inside running prose does not end a sentence."""
    text = "Prose that was wrapped by an editor after some seventy characters goes\non here. Then it stops."
    assert cut(text, sentences(text)) == [
        "Prose that was wrapped by an editor after some seventy characters goes\non here.",
        "Then it stops.",
    ]


def test_names_are_joined_and_first_words_need_proof() -> None:
    """Names join over of, the and van; a sentence's first word counts only when it is a name elsewhere."""
    text = (
        "Paris is old. They saw Paris. Later Boso the Elder met Ludwig van Beethoven's sister at "
        'St. Maurice\'s Abbey in May 1999. She sang "Changed It" over `graph.stores` and AC/DC. '
        "When did Lothair II die?"
    )
    assert cut(text, names(text)) == [
        "Paris",
        "Paris",
        "Later Boso the Elder",
        "Ludwig van Beethoven",
        "St. Maurice's Abbey",
        "Changed It",
        "graph.stores",
        "AC/DC",
        "Lothair II",
    ]


def test_quoted_speech_is_no_name() -> None:
    """Words in quotation marks are a title only when they are few and end without a stop."""
    assert names("she said “Yes,” and left") == []
