"""An approval holds for the tool that was approved, and for no other of its name."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from graph.definition import Fingerprint
from guards.policy.approved_tool import is_as_approved
from tests.tools.call_pipeline.test_authorization import ASKING, NOTES, RUN, SPEC, TASK, Desk, Query
from tools.call_pipeline.tool_definitions import define_tool
from tools.mcp.schema_arguments import arguments_model


class Wider(Query):
    deep: bool = False


class Other(BaseModel):
    query: int
    limit: int = 12


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"effects": "write"}, "it writes now, and only read before"),
        ({"says": "Delete it."}, "its description changed"),
        ({"annotations": "{}"}, "its annotations changed"),
        ({"host": "evil.example"}, "its host is evil.example, not this machine"),
        ({"server": "notes"}, "its server is notes, not Attest"),
        ({"arguments": Wider}, 'its argument "deep" is new'),
        ({"arguments": Other}, 'its argument "query" changed'),
    ],
)
def test_a_tool_that_is_not_what_was_approved_waits_again(changed: dict[str, Any], words: str) -> None:
    """Whatever of it changed is said, though the policy would let it pass; unchanged, it does not wait."""
    authority, now = Desk(None).authority, replace(SPEC, **changed)
    task = replace(TASK, approved=True, approved_as=(define_tool(SPEC).fingerprint,))
    assert authority.hold(ASKING, SPEC, task) is None
    assert authority.changed(SPEC, task) is None
    hold = authority.hold(ASKING, now, task)
    assert hold is not None
    assert words in hold.reason
    assert hold.definition == define_tool(now)
    assert words in str(authority.changed(now, task))
    assert authority.hold(RUN, now, task) is None


def test_a_tool_nobody_approved_is_none_that_was() -> None:
    """An approval covers the tools it names; one of a release before, which names none, covers its own."""
    authority = Desk(None).authority
    other = replace(TASK, approved=True, approved_as=(define_tool(NOTES).fingerprint,))
    assert "was not among" in str(authority.changed(SPEC, other))
    assert authority.changed(SPEC, replace(TASK, approved=True)) is None


def test_what_no_approval_would_allow_is_not_asked_about() -> None:
    """A changed tool that the policy denies to everybody fails its call, and nobody is bothered."""
    authority = Desk(None).authority
    task = replace(TASK, tool=NOTES.name, approved=True, approved_as=(define_tool(NOTES).fingerprint,))
    assert authority.hold(ASKING, replace(NOTES, says="new"), task) is None


def test_no_argument_hides_behind_another_of_a_like_name() -> None:
    """Names that begin alike, or that no screen shows, are told apart, however long they are."""
    names = ["n" * 70 + end for end in ("a", "b")] + ["n", "n\u200b", "n\u202e"]
    texts: dict[str, Any] = {name: {"type": "string"} for name in names}

    def fingerprint(properties: dict[str, Any]) -> Fingerprint:
        schema = {"type": "object", "properties": properties}
        return define_tool(replace(SPEC, arguments=arguments_model("t", schema))).fingerprint

    for name in names:
        same = is_as_approved((fingerprint(texts),), fingerprint({**texts, name: {"type": "integer"}}))
        assert not same.allowed
        assert same.reason.isprintable()


def test_a_tool_that_was_not_there_is_not_approved() -> None:
    """An approval of a name with nothing behind it lets nothing through."""
    empty = Fingerprint(tool=SPEC.name, parts={})
    task = replace(TASK, approved=True, approved_as=(empty,))
    assert Desk(None).authority.changed(SPEC, task)


@given(st.dictionaries(st.text(), st.text()), st.dictionaries(st.text(), st.text()))
def test_only_the_very_same_parts_are_the_same(was: dict[str, str], now: dict[str, str]) -> None:
    """Whatever two tools are made of: unless all parts are equal, it is not the one that was approved."""
    old, new = Fingerprint(tool="t", parts=was), Fingerprint(tool="t", parts=now)
    differs = {key: value for key, value in was.items() if value} != {k: v for k, v in now.items() if v}
    assert is_as_approved((old,), new).allowed is (was == now) or not differs
    assert is_as_approved((old,), old).allowed
