"""Each sentence, item and row may be a claim that reads by itself; what only leads in others may not."""

from __future__ import annotations

from tests.tools.models.extractive.made import excerpt
from tools.models.extractive.pool import candidates


def texts(text: str) -> list[str]:
    return [each.text for each in candidates([excerpt(text)])]


def test_a_lead_in_is_no_claim_alone_wherever_it_stands_in_its_paragraph() -> None:
    """A sentence that speaks of the following is left out, and the next one does not bring it along."""
    found = texts("The boat has the following sails. They are all white.\n\n- jib\n- main")
    assert "The boat has the following sails." not in found
    assert "They are all white." in found


def test_a_sentence_that_points_back_brings_the_one_before() -> None:
    """A pronoun is quoted with what it stands for."""
    assert "The boat is old. It leaks." in texts("The boat is old. It leaks.")


def test_a_row_is_quoted_with_the_header_of_its_table() -> None:
    """A cell alone says nothing: the header stands before it, and the header's own row is no other."""
    found = texts("| Boat | Seats |\n|---|---|\n| Alk | 4 |")
    assert "| Boat | Seats |\n| Alk | 4 |" in found
    assert "| Boat | Seats |\n| Boat | Seats |" not in found
