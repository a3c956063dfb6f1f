"""A list is one claim with what leads it in, whatever stands between and however long it is."""

from __future__ import annotations

import pytest

from tests.tools.models.extractive.made import excerpt
from tools.models.extractive.assessment import assess
from tools.models.extractive.candidate import Candidate, Unit
from tools.models.extractive.pool import candidates

ITEMS = "\n".join(
    f"- Part {at} holds. It was tested for {at} days in a row by the whole crew." for at in range(20)
)


def wholes(text: str, unit: Unit) -> list[Candidate]:
    return [each for each in candidates([excerpt(text)]) if each.unit is unit]


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("The crew has:\n\n- one cook\n- two mates", "The crew has:"),
        ("## Crew\n\n- one cook\n- two mates", "Crew"),
        ("The following people sail.\nThey are paid by the day.\n\n- one cook\n- two mates", "The following"),
        ("Aboard are the following:\n\nEach has a bunk.\n\n- one cook\n- two mates", "Aboard are"),
    ],
)
def test_a_list_begins_with_what_leads_it_in(text: str, begins: str) -> None:
    """The lead-in is the sentence that says so, over another paragraph too, else the heading."""
    (whole,) = wholes(text, Unit.LIST)
    assert whole.text.startswith(begins)
    assert whole.text.endswith("two mates")


def test_a_lead_in_before_other_words_is_quoted_apart_from_its_list() -> None:
    """What stands between a lead-in and its list is not quoted."""
    (whole,) = wholes("Aboard are the following:\n\nEach has a bunk.\n\n- one cook\n- two mates", Unit.LIST)
    assert "bunk" not in whole.text
    assert len(whole.spans) == 3


def test_of_a_long_list_every_item_is_named_by_its_first_sentence() -> None:
    """Twenty items of two sentences each are all there, without the second ones."""
    (whole,) = wholes(f"The ship has these parts:\n\n{ITEMS}", Unit.LIST)
    assert whole.text.count("Part ") == 20
    assert "tested" not in whole.text


def test_steps_keep_their_code() -> None:
    """Numbered items with commands between them are one claim."""
    (whole,) = wholes(
        "To sail:\n\n1. Start the engine:\n\n   ```\n   engine on\n   ```\n\n2. Cast off.", Unit.STEPS
    )
    assert whole.text.startswith("To sail:")
    assert "engine on" in whole.text
    assert whole.text.endswith("Cast off.")


def test_a_table_is_a_list_of_its_rows() -> None:
    """The rows of a small table are quoted together."""
    (whole,) = wholes("Our boats:\n\n| Boat | Seats |\n|---|---|\n| Alk | 4 |\n| Gull | 6 |", Unit.LIST)
    assert whole.text.startswith("Our boats:")
    assert "Gull" in whole.text


@pytest.mark.parametrize(
    ("question", "listed"),
    [("What does the crew leave behind?", True), ("How much does the crew weigh?", False)],
)
def test_a_list_may_answer_a_plain_question_that_asks_for_no_value(question: str, *, listed: bool) -> None:
    """What is left behind may be several things; a weight is one."""
    assessed = assess(question, [excerpt("The crew leaves behind:\n\n- the spare sail\n- the small boat")])
    assert assessed
    assert any(each.unit is Unit.LIST for each in assessed.pool) is listed
