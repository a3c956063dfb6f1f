"""What has the form that is asked for comes before what is only about the same."""

from __future__ import annotations

import pytest

from tests.tools.models.extractive.made import excerpt
from tools.models.extractive.assessment import assess
from tools.models.extractive.preference import preferences

TEXT = """# Sails

The jib was sewn in 2014 and everybody likes the jib of this boat.

A jib is a sail before the mast.

The jib is small. The main is large.

## Glossary

### Leech

The edge behind.

| Sail | Price |
|------|-------|
| Jib  | 300   |
| Main | 700   |

To fold a sail:

1. Lay it down.
2. Roll it up.
"""


def best(question: str) -> str:
    """Return the text that is preferred where everything else is equal."""
    assessed = assess(question, [excerpt(TEXT, title="Sails")])
    assert assessed
    moved = preferences(assessed.inquiry, assessed.pool)
    return assessed.pool[max(range(len(moved)), key=lambda at: moved[at])].text


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What is a jib?", "A jib is a sail before the mast."),
        ("What does leech mean?", "Leech\n\nThe edge behind."),
        ("What is the difference between the jib and the main?", "The jib is small. The main is large."),
        ("What does the main cost?", "| Sail | Price |\n| Main | 700   |"),
        ("How do I fold a sail?", "To fold a sail:\n\n1. Lay it down.\n2. Roll it up."),
    ],
)
def test_the_form_asked_for_is_preferred(question: str, text: str) -> None:
    """A definition, an entry, both sides, the right row, the steps."""
    assert best(question) == text


def test_preferences_lie_between_0_and_1() -> None:
    """As every feature does."""
    for question in ("What is a jib?", "What does the main cost?", "What is the jib compared with the main?"):
        assessed = assess(question, [excerpt(TEXT, title="Sails")])
        assert assessed
        assert all(0.0 <= each <= 1.0 for each in preferences(assessed.inquiry, assessed.pool))
