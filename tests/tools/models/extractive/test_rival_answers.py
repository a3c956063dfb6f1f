"""Two answers to when or where are rivals though nothing else of their sentences is alike."""

# ruff: noqa: E501 - a pair of sentences reads best on two lines

from __future__ import annotations

import pytest

from tools.models.extractive.rival_answers import are_other_answers

OPENED = "When was the Dorn bridge opened?"
PLACED = "Where is the Dorn mill located?"


@pytest.mark.parametrize(
    ("question", "left", "right"),
    [
        (OPENED, "The Dorn bridge, which carries two lanes, was opened on 3 May 1931 by the mayor.",
         "Opened in 1938, the bridge replaced a ferry."),
        (OPENED, "In June 1931 the bridge was opened.", "It was opened by a duke after long delays, on 2 July 1935."),
        (OPENED, "The Dorn bridge at Marlow, by the weir of Hask, was opened in 1931.", "The Dorn bridge in Marlow, Velden, was opened in 1958."),
        ("When was Ida Dorn born?", "Ida Dorn (born 4 May 1801) was a miller.", "Dorn was born in Marlow in 1811 to a weaver."),
        (PLACED, "The mill is located beside the weir in Marlow, Velden.", "Located in Ostrava, Sull, the Dorn mill has four floors."),
    ],
)  # fmt: skip
def test_another_date_or_place_of_the_same_is_a_rival(question: str, left: str, right: str) -> None:
    """The verb of the question leads to the value, before it or behind it."""
    assert are_other_answers(question, left, right)
    assert are_other_answers(question, right, left)


@pytest.mark.parametrize(
    ("question", "left", "right"),
    [
        (OPENED, "The Dorn bridge was opened in May 1931.", "The bridge was opened on 3 May 1931."),
        (OPENED, "The Dorn bridge was opened in 1931.", "A footpath was opened in 1958."),
        (OPENED, "The Dorn bridge was opened in 1931.", "The Dorn bridge was closed in 1958."),
        (OPENED, "The Dorn bridge at Marlow was opened in 1931.", "The Dorn bridge at Velden was opened in 1958."),
        ("Why was the Dorn bridge opened?", "The Dorn bridge was opened in 1931.", "The Dorn bridge was opened in 1958."),
        (PLACED, "The mill is located in Marlow.", "The mill is located in Velden."),
        (PLACED, "The Dorn mill is located in Marlow, Velden.", "The mill is situated near Velden in Marlow."),
        ("When does the mill close?", "The mill closes at 5 pm.", "The mill closes at 6 pm in winter."),
    ],
)  # fmt: skip
def test_what_may_both_be_right_is_no_rival(question: str, left: str, right: str) -> None:
    """A date less exact, another subject, verb or question, and one name that may hold the other."""
    assert not are_other_answers(question, left, right)
    assert not are_other_answers(question, right, left)
