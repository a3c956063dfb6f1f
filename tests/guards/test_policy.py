from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graph.records import Argument
from guards.policy import is_call_allowed

ARGUMENTS = st.lists(
    st.builds(Argument, value=st.text(), taint=st.lists(st.text(min_size=1)).map(tuple)), max_size=4
)


@given(ARGUMENTS, st.booleans())
def test_reading_is_allowed(arguments: list[Argument], approved: bool) -> None:  # noqa: FBT001
    """A tool that only reads may be called with any argument."""
    assert is_call_allowed("search", "read", arguments, approved=approved).allowed


@given(ARGUMENTS, st.booleans())
def test_writing_needs_a_person_and_clean_arguments(arguments: list[Argument], approved: bool) -> None:  # noqa: FBT001
    """A write passes only when approved and free of taint, whatever the arguments."""
    clean = not any(argument.tainted for argument in arguments)
    decision = is_call_allowed("mail", "write", arguments, approved=approved)
    assert decision.allowed == (approved and clean)
    assert decision.allowed or "mail writes" in decision.reason
