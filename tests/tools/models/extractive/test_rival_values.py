# ruff: noqa: E501 - a pair of sentences reads best on two lines

from __future__ import annotations

import pytest

from tools.models.extractive.rival_values import are_rivals

WHEN = (
    "When was the Lindow cable car opened?",
    "Opened on 7 July 1964, the car ran for 38 years until a storm.",
)
WHERE = ("Where is Felgate township?", "Felgate is a township on the northern slopes near Dunmere, Ostrava.")
WHO = (
    "Who designed the town hall?",
    "The town hall was designed in only three weeks by Lena Osk after a fire.",
)
MANY = (
    "How many people live there?",
    "There were 1,473 people, 668 households and 378 families in the district.",
)
GENRE = (
    "What genre is the film?",
    "The film is a short comedy, directed by Lena Osk and released in spring.",
)


@pytest.mark.parametrize(
    ("asked", "mine", "theirs"),
    [
        (WHEN, "7 July 1964", "15 August 1966"),
        (WHERE, "Dunmere, Ostrava", "Marlow, Velden"),
        (WHO, "Lena Osk", "Arne Voss"),
        (MANY, "1,473", "5,000"),
        (GENRE, "short comedy", "documentary"),
    ],
)
def test_copies_that_differ_in_the_asked_value_are_rivals(
    asked: tuple[str, str], mine: str, theirs: str
) -> None:
    """A text copied with another answer in it cannot be right beside the first."""
    question, sentence = asked
    assert mine in sentence
    assert are_rivals(question, sentence, sentence.replace(mine, theirs))


@pytest.mark.parametrize(
    ("question", "left", "right"),
    [
        ("How long does the lamp burn?", "The red lamp in hall three burns for two hours each night in winter.",
         "The red lamp in hall four burns for two hours each night in winter."),
        ("What is the limit in production?", "The limit of calls is fifty a minute for each key in production.",
         "The limit of calls is fifty a minute for each key in staging."),
        ("Why does the pump stop?", "The pump stops after 90 seconds because the tank above it is full.",
         "The pump stops after 60 seconds because the tank above it is full."),
        ("When did the pump stop?", "The pump of the old mill stopped in May because the tank was full.",
         "In May the old mill's pump stopped, as its tank was full."),
        ("How many people live there?", "There were 1,473 people in the district of Marlow at the census of 2000.",
         "There were one thousand families in another place."),
    ],
)  # fmt: skip
def test_other_subjects_conditions_and_words_are_no_rivals(question: str, left: str, right: str) -> None:
    """Sentences that differ in what they speak of, or under which condition, can both be right."""
    assert not are_rivals(question, left, right)
    assert not are_rivals(question, right, left)
