"""Two statements are one claim where a form of answer needs both."""

from __future__ import annotations

from tests.tools.models.extractive.made import excerpt
from tools.models.extractive.candidate import Unit
from tools.models.extractive.pool import candidates
from tools.models.extractive.shapes import Shape


def pairs(text: str, form: Shape) -> list[str]:
    return [each.text for each in candidates([excerpt(text)], form) if each.unit is Unit.PAIR]


def test_an_entry_of_a_glossary_is_its_heading_with_its_first_sentence() -> None:
    """The meaning alone does not say what it is the meaning of."""
    assert pairs("## Jib\n\nA sail before the mast. Often white.", Shape.DEFINITION) == [
        "Jib\n\nA sail before the mast."
    ]


def test_a_comparison_may_take_neighbours() -> None:
    """Both sides often stand in two sentences, or in two items, one after the other."""
    assert pairs("The jib is small. The main is large.", Shape.COMPARISON) == [
        "The jib is small. The main is large."
    ]
    assert "The jib is small.\n- The main is large." in pairs(
        "- The jib is small.\n- The main is large.\n- Both are white.", Shape.COMPARISON
    )


def test_other_forms_take_no_pairs() -> None:
    """A single fact is a single statement."""
    assert pairs("The jib is small. The main is large.", Shape.FACT) == []
