from __future__ import annotations

import pytest

from tools.statements.event_order import order


@pytest.mark.parametrize(
    ("text", "earlier", "later"),
    [
        ("Ada left before Bob arrived.", "Ada left", "Bob arrived."),
        ("After Bob arrived, Ada left.", "Bob arrived", "Ada left."),
        ("Before Ada left, Bob arrived.", "Bob arrived.", "Ada left"),
    ],
)
def test_what_comes_first_is_read_from_the_link(text: str, earlier: str, later: str) -> None:
    """The order of time counts, not that of the sentence."""
    found = order(text)
    assert found
    assert (found.earlier.strip(), found.later.strip(), found.compares) == (earlier, later, False)


def test_a_comparison_is_told_from_an_order_in_time() -> None:
    """The word "than" compares."""
    found = order("Bob is older than Ada.")
    assert found
    assert found.compares


@pytest.mark.parametrize("text", ["Krill swarm.", "Before", ""])
def test_a_sentence_without_two_sides_gives_no_order(text: str) -> None:
    """Nothing is read into it."""
    assert order(text) is None
