"""Two sentences are told to say the same, or the opposite, only where they speak of the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tools.models.extractive.made_pairs import AGREE, CONTRADICT, NEITHER
from tools.statements.statement import statement
from tools.statements.statement_comparison import agree, differ, disagree, repeats

LATER = [
    json.loads(line)
    for line in Path("evals/library/statements.jsonl").read_text(encoding="utf-8").splitlines()
]
ALL = [sentence for pair in (*CONTRADICT, *AGREE, *NEITHER) for sentence in pair]
NOT_FOUND = {("Twenty-five crews entered the race.", "The race had 25 crews.")}  # "entered" is not "had"
WORDS = st.sampled_from(
    [
        "the",
        "a",
        "of",
        "in",
        "by",
        "not",
        "no",
        "never",
        "before",
        "after",
        "than",
        "first",
        "3",
        "4.5",
        "two",
        "km",
        "hours",
        "%",
        "on",
        "Monday",
        "May",
        "1999",
        "Marlin",
        "Knot",
        "is",
        "was",
        "open",
        "closed",
        "must",
        "may",
        "all",
        "few",
        "only",
        ",",
        ";",
        "(",
        ")",
        "[2]",
        "Section",
        "and",
    ]
)


@pytest.mark.parametrize(("left", "right"), CONTRADICT)
def test_a_contradiction_is_found(left: str, right: str) -> None:
    """Another amount, date, name, pole, number of them or order of one thing cannot be true as well."""
    assert disagree(statement(left), statement(right))
    assert not repeats(statement(left), statement(right))


@pytest.mark.parametrize(("left", "right"), [pair for pair in AGREE if pair not in NOT_FOUND])
def test_the_same_in_other_words_is_found(left: str, right: str) -> None:
    """Other units, number words, synonyms, the passive and a double denial say the same."""
    assert agree(statement(left), statement(right))
    assert not disagree(statement(left), statement(right))


@pytest.mark.parametrize(("left", "right"), NEITHER)
def test_what_is_said_of_something_else_is_neither(left: str, right: str) -> None:
    """Another subject, property, time, condition or role makes two sentences neither agree nor contradict."""
    for one, other in ((left, right), (right, left)):
        assert not disagree(statement(one), statement(other))
        assert not repeats(statement(one), statement(other))


@pytest.mark.parametrize(
    "row", [row for row in LATER if row["relation"] == "neither"], ids=lambda row: row["id"]
)
def test_none_of_the_later_pairs_is_told_falsely(row: dict[str, str]) -> None:
    """Pairs written after the comparison was are not taken for agreement or contradiction either."""
    left, right = statement(row["a"]), statement(row["b"])
    assert not disagree(left, right)
    assert not repeats(left, right)
    assert not repeats(right, left)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("The dam was finished in 1931 [2].", "The dam was finished in 1931 [7][8]."),
        ("Rye grows here (Ode, 2011).", "Rye grows here (Pell and Ode, 2019)."),
        ("Rule 3. Doors must be shut.", "§ 8 Doors must be shut."),
        ("Doors must be shut (12).", "Doors must be shut (see Table 4)."),
        ("According to a report of 2004, rye grows here.", "Rye grows here, a report of 2016 says."),
    ],
)
def test_numbers_that_are_marks_are_no_amounts(left: str, right: str) -> None:
    """Reference marks, years of citations, labels of sections and years of reports say nothing."""
    assert agree(statement(left), statement(right))


@pytest.mark.parametrize(
    ("other", "claim"),
    [
        ("Is the bridge safe?", "The bridge is safe."),
        ("“Is the bridge safe?”", "The bridge is safe."),
        ("The temperature is 5 degrees.", "The temperature is -5 degrees."),
        ("The temperature is 5 degrees.", "The temperature is \u22125 degrees."),
        ("The town has 12,040 people.", "The town has 12,000 people."),
        ("The 2020 report lists nine deaths.", "The 2019 report lists nine deaths."),
    ],
)
def test_a_question_a_sign_and_a_count_are_not_passed_over(other: str, claim: str) -> None:
    """No source supports a claim by asking it, or with a number that is only near."""
    assert not repeats(statement(other), statement(claim))


def test_a_question_contradicts_nothing_and_a_sign_does() -> None:
    """Who asks says nothing; minus five is not five, and a range has no sign."""
    assert not disagree(statement("Is the bridge unsafe?"), statement("The bridge is safe."))
    cold, warm, range_ = (f"The temperature is {said} degrees." for said in ("-5", "5", "4-6"))
    assert disagree(statement(cold), statement(warm))
    assert not disagree(statement(range_), statement(warm))


@given(st.sampled_from(ALL), st.sampled_from(ALL))
def test_it_does_not_matter_which_comes_first(left: str, right: str) -> None:
    """Contradiction and agreement go both ways, and no two sentences do both."""
    one, other = statement(left), statement(right)
    assert disagree(one, other) == disagree(other, one)
    assert agree(one, other) == agree(other, one)
    assert not (disagree(one, other) and repeats(one, other))


@given(st.lists(WORDS, max_size=14), st.lists(WORDS, max_size=14))
def test_any_words_can_be_compared(left: list[str], right: list[str]) -> None:
    """Whatever a sentence is made of, it does not contradict itself and is compared both ways alike."""
    one, other = statement(" ".join(left)), statement(" ".join(right))
    assert not disagree(one, one)
    assert not differ(one, one)
    assert disagree(one, other) == disagree(other, one)


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    """No text fails."""
    assert not disagree(statement(text), statement(text))


@pytest.mark.parametrize(
    "part",
    [
        "1,",
        "a-",
        "first ",
        "( 2011",
        "[1 ",
        " ",
        "one and ",
        "2 to ",
        "by ",
        "the a, ",
        "May ",
        "§",
        "half of ",
    ],
)
def test_a_long_text_of_repeats_ends(part: str) -> None:
    """No pattern takes more than its share of time on 100 KB of what it begins with."""
    assert statement(part * (100_000 // len(part))) is not None
