"""Characters that act on a screen are refused in a question, and shown as pictures in a path."""

from __future__ import annotations

import io
from contextlib import redirect_stderr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guards.request import is_request_allowed
from guards.visible_text import UNSAFE
from ui.terminal.streams import tell

TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
ACTING = "\x00\x07\x08\x1b\x7f\x9b"


@pytest.mark.parametrize("character", [*TURNING, *ACTING])
@pytest.mark.parametrize("place", ["{}Which plant opened first?", "Which plant {}opened?", "Which plant?{}"])
def test_a_question_does_not_turn_or_act(character: str, place: str) -> None:
    """Wherever it stands, the character is named as the reason."""
    decision = is_request_allowed(place.format(character))
    assert not decision.allowed
    assert "characters" in decision.reason
    assert decision.reason.isprintable()


@pytest.mark.parametrize(
    "question",
    [
        "מה \u200fנפתח?",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645?",
        "Which \u00adplant?",
        "👩\u200d🔬 who?",
    ],
)
def test_what_scripts_are_written_with_stays(question: str) -> None:
    """Marks, joiners and soft hyphens are part of words."""
    assert is_request_allowed(question).allowed


@given(st.text())
def test_what_is_told_is_one_harmless_line(text: str) -> None:
    """Whatever stands in a path or a message, a terminal gets one line without a control."""
    with redirect_stderr(io.StringIO()) as stream:
        tell(text)
    told = stream.getvalue()
    assert told.count("\n") == 1
    assert not UNSAFE.search(told)
