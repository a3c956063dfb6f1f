from __future__ import annotations

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.statements.quantities import Quantity, quantities


@pytest.mark.parametrize(
    ("text", "amount", "rest"),
    [
        ("It is 3 m long.", ("length", 3.0, 3.0), "It is long."),
        ("It holds 1,500 boxes", ("#box", 1500.0, 1500.0), "It holds"),
        ("at least 5 kg", ("mass", 5.0, inf), ""),
        ("about 10 km", ("length", 9_000.0, 11_000.0), ""),
        ("from 2 to 3 hours", ("time", 7_200.0, 10_800.0), ""),
    ],
)
def test_an_amount_is_an_interval_in_its_base_unit(
    text: str, amount: tuple[str, float, float], rest: str
) -> None:
    """Bounds widen it, a unit converts it, and the sentence is left without it."""
    (found,), rates, left = quantities(text)
    assert ((found.dimension, found.low, found.high), rates, left) == (amount, frozenset(), rest)


def test_how_often_something_recurs_is_told_apart() -> None:
    """The word "daily" is a rate, and "2 times" the amount of it."""
    (found,), rates, rest = quantities("it is fed 2 times daily")
    assert ((found.dimension, found.low), rates, rest) == (("times", 2.0), frozenset({"day"}), "it is fed")


def test_amounts_meet_where_their_intervals_do() -> None:
    """One that lies within another meets it, and is not equal to it."""
    near, exact = (quantities(text)[0][0] for text in ("about 10 km", "10,500 m"))
    far = Quantity(dimension="length", low=12_000.0, high=12_000.0)
    assert near.meets(exact)
    assert not near.equals(exact)
    assert not near.meets(far)


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    """No text makes reading fail."""
    assert quantities(text)
