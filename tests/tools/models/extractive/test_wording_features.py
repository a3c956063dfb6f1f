"""How a statement is worded tells what it can answer."""

from __future__ import annotations

import pytest

from tests.tools.models.extractive.made import excerpt
from tools.models.extractive.assessment import assess
from tools.models.extractive.wording_features import NAMES, wording


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("supposes", "For example, the kiln burns wood."),
        ("outdated", "The kiln no longer burns wood."),
        ("broken", "burns wood in the kiln."),
        ("points_back", "They burn wood in the kiln."),
        ("linked", "The kiln: https://kiln.example/wood"),
        ("hedged", "The kiln might burn wood."),
    ],
)
def test_a_wording_is_told_by_one_number(name: str, text: str) -> None:
    """And a plain statement has none of them."""
    for said, expected in ((text, True), ("The kiln burns wood.", False)):
        assessed = assess("What does the kiln burn?", [excerpt(said)])
        assert assessed is not None
        row = dict(zip(NAMES, wording(assessed.inquiry, assessed.pool[0]), strict=True))
        assert (row[name] > 0) is expected


def test_what_is_asked_of_the_past_is_not_outdated() -> None:
    """The question speaks of it."""
    assessed = assess("What was removed from the kiln?", [excerpt("The door was removed from the kiln.")])
    assert assessed is not None
    assert dict(zip(NAMES, wording(assessed.inquiry, assessed.pool[0]), strict=True))["outdated"] == 0.0
