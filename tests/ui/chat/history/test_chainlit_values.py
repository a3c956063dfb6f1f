"""Values of the store as Chainlit writes them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.conversation import Thread
from graph.errors import Unusable
from ui.chat.history.chainlit_values import cursor, element_of, moment, place, seconds, step_label


@given(st.floats(0, 4e9, allow_nan=False))
def test_a_time_comes_back(at: float) -> None:
    """A time that is written for Chainlit is read as the same microsecond."""
    assert seconds(moment(at)) == pytest.approx(at, abs=1e-6)


@pytest.mark.parametrize("strange", [None, "", "soon", "2026-13-01T00:00:00Z"])
def test_what_is_no_time_is_none(strange: str | None) -> None:
    """Chainlit leaves times out, and a browser may send anything."""
    assert seconds(strange) is None


@given(st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=20))
def test_a_cursor_names_its_place(updated: float, thread: str) -> None:
    """The next page begins right after the thread that ended the last one."""
    made = Thread(id=thread, user="u", asker="ann", created=0.0, updated=updated, record={})
    assert place(cursor(made)) == (updated, thread)


@given(st.text(max_size=20))
def test_a_forged_cursor_is_a_place_or_refused(forged: str) -> None:
    """Whatever a browser sends, the list begins somewhere or one line is said."""
    try:
        found = place(forged)
    except Unusable:
        return
    assert found is None or isinstance(found[0], float)


def test_a_step_is_named_as_its_person_knows_it() -> None:
    """A loss is told in words of the page."""
    assert step_label({"type": "user_message", "name": "ann"}) == "your message"
    assert step_label({"type": "tool", "name": "search"}) == "“search”"
    assert step_label({}) == "“a step”"


def test_only_bytes_that_are_kept_have_an_address() -> None:
    """An element without bytes is not asked for."""
    record = {"id": "e", "threadId": "t"}
    assert element_of(record, "/chat", kept=True)["url"] == "/chat/files/elements/t/e"
    assert element_of(record, "/chat", kept=False) == record
