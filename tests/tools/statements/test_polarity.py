from __future__ import annotations

import pytest

from tools.statements.polarity import hedges, is_shading, negates, pole, quantifiers


@pytest.mark.parametrize(
    ("yes", "no"), [("open", "closed"), ("safe", "dangerous"), ("allowed", "forbidden"), ("opens", "closes")]
)
def test_opposites_are_two_sides_of_one_concept(yes: str, no: str) -> None:
    """Each word names its concept and its side."""
    one, other = pole(yes), pole(no)
    assert one
    assert other
    assert (one[0], one[1]) == (other[0], -other[1])


def test_a_word_without_an_opposite_takes_no_side() -> None:
    """Names of things have no pole, and deny nothing."""
    assert pole("krill") is None
    assert not negates("krill")
    assert not is_shading("krill")


def test_denials_hedges_and_quantifiers_are_told_apart() -> None:
    """Each says something about a statement, and nothing about its subject."""
    assert negates("not")
    assert is_shading("all")
    assert hedges(["it", "should", "close"])
    assert quantifiers(["all", "few", "the"]) == {"all", "few"}
