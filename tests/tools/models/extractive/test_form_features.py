"""Form counts only where the question asks for it, and with the words it asks about."""

from __future__ import annotations

from tests.tools.models.extractive.made import excerpt
from tools.models.extractive.assessment import assess
from tools.models.extractive.features import NAMES


def described(question: str, text: str) -> list[dict[str, float]]:
    """Return the features of each candidate."""
    assessed = assess(question, [excerpt(text)])
    assert assessed is not None
    return [dict(zip(NAMES, row, strict=True)) for row in assessed.rows]


def test_a_definition_names_the_thing_and_nothing_else() -> None:
    """What begins with something about the thing does not define it."""
    one, other = described("What is a jib?", "A jib is a sail before the mast. The jib of Anna is red.")
    assert one["defines_exactly"] > other["defines_exactly"]


def test_a_ruling_that_forbids_is_told() -> None:
    """It counts by the words of the question in it."""
    one, other = described("Can I wash the jib?", "The jib must not be washed. The jib is often washed.")
    assert one["forbids"] > 0 == other["forbids"]


def test_both_sides_of_a_comparison_count_more_than_one() -> None:
    """Each side by its own words."""
    question = "What is the difference between the jib and the main?"
    one, other, *_ = described(question, "The jib is smaller than the main. Anna sewed the jib.")
    assert one["sides"] == 1.0
    assert one["sides_compared"] > other["sides_compared"]


def test_a_default_is_met_where_one_is_asked_for() -> None:
    """The word alone is a light one."""
    one, other = described("What is the default width?", "The default width is 3. The width was 4.")
    assert (one["default"], other["default"]) == (1.0, 0.0)
    assert described("What is the width?", "The default width is 3.")[0]["default"] == 0.0
