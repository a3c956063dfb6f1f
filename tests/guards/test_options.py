from __future__ import annotations

import pytest

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
    ],
)
def test_a_wrong_knob_is_refused_by_name(knobs: dict[str, object], named: str) -> None:
    """A slip in the options is named, never ignored."""
    with pytest.raises(Refused, match=named):
        read_options(knobs, Options())
