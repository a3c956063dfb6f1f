"""A value counts only where it stands with what is asked of it."""

from __future__ import annotations

import pytest

from tests.tools.models.extractive.made import excerpt
from tools.models.extractive.assessment import assess
from tools.models.extractive.value_subjects import with_subject

TEXT = """# Harbour

The crane weighs 12 tonnes. The quay is 90 metres long.

A berth costs 30 euros. The crane was built in 1971.

The beacon is 9 metres high and stands two miles from the quay. Shifts of the pilot last 45 minutes.
"""


def best(question: str) -> float:
    """Return how much of a question stands with the best value in the text."""
    assessed = assess(question, [excerpt(TEXT, title="Harbour")])
    assert assessed
    return max(with_subject(assessed.inquiry, each) for each in assessed.pool)


@pytest.mark.parametrize(
    "question",
    [
        "How heavy is the crane?",
        "How long is the quay?",
        "What does a berth cost?",
        "What is the price of a berth?",
        "How far is the beacon from the quay?",
    ],
)
def test_a_value_with_its_subject_holds_all_that_is_asked(question: str) -> None:
    """The unit says what the question's own word for the property says."""
    assert best(question) > 0.95


@pytest.mark.parametrize(
    "question",
    [
        "What does the crane cost?",
        "How old is the pilot?",
        "How wide is the quay?",
        "How heavy is the quay?",
        "When was the quay built?",
    ],
)
def test_a_value_of_another_thing_or_property_does_not(question: str) -> None:
    """A price of a berth, a length and a year of the crane answer no question on others."""
    assert best(question) < 0.7
