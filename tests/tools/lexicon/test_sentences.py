"""Sentences end where a reader of their script sees an end."""

# ruff: noqa: RUF001 - the typographic signs and letters of other scripts are meant

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guards.claims.quotes import is_whole
from tools.lexicon.sentences import sentences

TEXT = st.text(max_size=400) | st.text(alphabet="aB. \n\t-#|,;`\"'“”1é東", max_size=200)


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Mind the Rev. Hale and e.g. Bede.", 1),
        ("See p. 9 of vol. 3.", 1),
        ("The verdict was no. Ten left.", 2),
        ("They met at 7 p.m. Thursday was dull.", 2),
        ("Give it to Wren Inc. Oslo is near.", 2),
        ("Wren Inc. Oslo branch.", 1),
        ("He ate vitamin D. Eggs have it.", 2),
        ("A tale by D. Eggs.", 1),
        ("Gull! Inc. is a firm.", 1),
        ("Ein Fest am 2. Juni im Hof. Es war warm.", 2),
        ("Das war im 12. Jahrhundert u. a. hier.", 1),
        ("Er wohnt Hafenstr. 3 und Abb. 4 zeigt es.", 1),
        ("« Ici ! » dit-elle. Rien.", 2),
        ("Vive en EE. UU. con la Sra. Paz.", 1),
        ("Живёт на ул. Новой. Ему 5 лет.", 2),
        ("Που είναι; Εδώ.", 2),
    ],
)
def test_a_stop_is_told_from_one_inside_a_sentence(text: str, count: int) -> None:
    """Abbreviations, initials, ordinals and stops in quotes end nothing; a word that looks like one does."""
    assert len(cut(text)) == count


@pytest.mark.parametrize("stop", "।؟۔።。！？։။។")
def test_the_stops_of_other_scripts_end_a_sentence(stop: str) -> None:
    """A full stop of any script ends a sentence, and what it ends is whole enough to be quoted."""
    text = f"אב גד{stop} הו זח{stop}"
    assert cut(text) == [f"אב גד{stop}", f"הו זח{stop}"]
    assert all(is_whole(text, start, end) for start, end in sentences(text))


def test_a_quote_inside_a_sentence_does_not_end_it() -> None:
    """A stop inside a quote that a Chinese or Japanese sentence goes on behind is not its end."""
    assert cut("他说：“好。”然后走了。") == ["他说：“好。”然后走了。"]
    assert cut("「はい。」と答えた。") == ["「はい。」と答えた。"]


def test_the_mark_of_a_note_belongs_to_the_sentence_before_it() -> None:
    """Numbers of notes stay with the sentence they note, however they are written, and can be quoted."""
    for mark in ("[7]", "²", "7"):
        text = f"The lamp burns.{mark} It is old."
        assert cut(text) == [f"The lamp burns.{mark}", "It is old."]
        assert all(is_whole(text, start, end) for start, end in sentences(text))


def test_a_sentence_may_begin_with_a_name_in_small_letters() -> None:
    """A small letter before a capital is a name of its own spelling, for the splitter and for the guard."""
    text = "The shop sells iPads. iPads are flat. They glow. and so on."
    assert cut(text) == ["The shop sells iPads.", "iPads are flat.", "They glow. and so on."]
    assert is_whole(text, text.index("iPads are"), text.index(" They"))


def test_no_blank_behind_a_stop_is_needed_where_a_sentence_plainly_begins() -> None:
    """A missing blank hides no end, and a dotted name is not cut."""
    assert cut("The first fails.The second works.") == ["The first fails.", "The second works."]
    assert cut("Call asyncio.Queue or System.Text now.") == ["Call asyncio.Queue or System.Text now."]


def test_code_is_cut_at_its_lines_alone() -> None:
    """A stop in a line of code ends no sentence."""
    assert cut("```\nx = 1. + y\nprint(x)\n```\nThen run it.") == ["x = 1. + y", "print(x)", "Then run it."]


@pytest.mark.parametrize("end", ["in", "of", "the", "and"])
def test_a_short_line_that_ends_in_a_small_word_goes_on(end: str) -> None:
    """Text wrapped at a narrow column is not cut where a line ends in an article or a preposition."""
    text = f"The boat was built long ago {end}\nNorway."
    assert cut(text) == [text]
    assert cut("Log in\nOpen the page.") == ["Log in", "Open the page."]


@given(st.text(alphabet="aB. \n।。？！”」[1]z.²;»«", max_size=120))
def test_whatever_the_signs_no_letter_is_lost(text: str) -> None:
    """Every letter stands in one sentence, in order, and no sentence begins or ends with a blank."""
    spans = sentences(text)
    assert all(piece == piece.strip() for piece in cut(text))
    held = [at for start, end in spans for at in range(start, end)]
    assert held == sorted(set(held))
    assert {at for at, sign in enumerate(text) if sign == "B"} <= set(held)


@given(TEXT)
def test_sentences_leave_no_letter_out(text: str) -> None:
    """Every letter that is no list mark stands in a sentence."""
    spans = sentences(text)
    for at, sign in enumerate(text):
        if sign in "éB":
            assert any(start <= at < end for start, end in spans)


def test_full_stops_of_abbreviations_and_initials_end_nothing() -> None:
    """Titles, initials, decimals and clipped words do not end a sentence unless one clearly begins."""
    text = "Dr. J. R. R. Tolkien, e.g. in Fig. 3, took 3.5 mg at Acme Inc. in Rome. He left the U.S. The end?"
    assert cut(text) == [
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
    assert cut(text) == [
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
    assert cut(text) == [
        "Prose that was wrapped by an editor after some seventy characters goes\non here.",
        "Then it stops.",
    ]
