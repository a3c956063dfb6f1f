from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import Refused
from graph.options import Approve, Mode, Options
from guards.options import read_options


def test_knobs_are_read_over_the_defaults() -> None:
    """What a caller leaves out comes from the operator's defaults."""
    defaults = Options(docs=("/library",), budget=5)
    options = read_options({"mode": "deep", "approve": "ask"}, defaults)
    assert options == Options(docs=("/library",), budget=5, mode=Mode.DEEP, approve=Approve.ASK)


@pytest.mark.parametrize(
    ("knobs", "named"),
    [
        ({"mode": "huge"}, "mode"),
        ({"budget": -1}, "budget"),
        ({"budget": "much"}, "budget"),
        ({"user": ""}, "user"),
        ({"user": "x" * 201}, "user"),
        ({"docs": "one"}, "docs"),
        ({"surprise": 1}, "surprise"),
        ({"language": "de-DE"}, "language"),
        ({"language": "DE"}, "language"),
        ({"language": "german"}, "language"),
        ({"language": "de\n"}, "language"),
        ({"language": None}, "language"),
    ],
)
def test_a_wrong_knob_is_refused_by_name(knobs: dict[str, object], named: str) -> None:
    """A slip in the options is named, never ignored."""
    with pytest.raises(Refused, match=named):
        read_options(knobs, Options())


LETTERS = st.text("abcz", max_size=5)
SIGNS = st.text(st.sampled_from("aZé.-/@:#?%\n \u0430\u0131\uff41"), max_size=5)


@given(LETTERS | SIGNS | st.text(max_size=4))
def test_a_language_is_two_or_three_small_letters_or_none(code: str) -> None:
    """Whatever is sent as a language, what a run gets can stand in an address and is a label of a host."""
    if not code or (code.isascii() and code.isalpha() and code.islower() and 2 <= len(code) <= 3):
        assert read_options({"language": code}, Options()).language == code
    else:
        with pytest.raises(Refused, match="option language: write the two or three small letters"):
            read_options({"language": code}, Options())
