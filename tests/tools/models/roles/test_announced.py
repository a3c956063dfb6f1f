"""A lead-in that is pointed at brings what it announces."""

from __future__ import annotations

import pytest

from graph.records import Span
from tests.tools.models.extractive.made import excerpt
from tools.models.roles.announced import with_announced

TEXT = (
    "Wash the sieve before use.\n\nYou need:\n\n- a bucket\n- a brush\n\nThen rinse it with:\n\n"
    "```sh\nrinse --cold\n```\n\nLet it dry."
)


def pointed(words: str) -> str:
    made = excerpt(TEXT, offset=5)
    start = 5 + TEXT.index(words)
    span = Span(source=made.passage.span.source, start=start, end=start + len(words))
    (whole,) = with_announced([span], [made])
    return TEXT[whole.start - 5 : whole.end - 5]


@pytest.mark.parametrize(
    ("words", "end"), [("You need:", "a brush"), ("Then rinse it with:", "rinse --cold")]
)
def test_a_colon_goes_on_to_the_end_of_what_it_announces(words: str, end: str) -> None:
    """A list comes whole, and a command with its lead-in."""
    said = pointed(words)
    assert said.startswith(words)
    assert said.endswith(end)


@pytest.mark.parametrize("words", ["Wash the sieve before use.", "a bucket", "Let it dry."])
def test_what_announces_nothing_stays_as_it_is(words: str) -> None:
    """A sentence, or an item alone, is what was pointed at."""
    assert pointed(words) == words
