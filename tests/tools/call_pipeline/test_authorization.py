from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

import pytest
from pydantic import BaseModel

from graph.options import Approve, Mode, Options, Role
from graph.records import Argument, Run, Task
from graph.tool import Group, ToolSpec, Trust
from tools.call_pipeline.authorization import Authority
from tools.call_pipeline.policy_files import LOOK_SECONDS


class Query(BaseModel):
    query: str
    limit: int = 12


RUN = Run(id="r1", question="q", options=Options(), started=0.0)
ASKING = replace(RUN, options=Options(approve=Approve.ASK))
SPEC = ToolSpec(name="wikipedia", version="1", purpose="", arguments=Query, group=Group.WEB)
NOTES = replace(SPEC, name="mcp.notes.list", group=Group.MCP)
TASK = Task(id="t1", tool="wikipedia", purpose="", arguments={"query": Argument(value="q")})
OPENED = '@id("notes") permit (principal, action, resource == Tool::"mcp.notes.list");'
CLOSED = '@id("no-web") forbid (principal, action, resource in Group::"web");'
BROKEN = "permit (principal"
_TIMES = count(1)


def write(folder: Path, text: str, name: str = "own.cedar") -> None:
    """Write a policy, with a time of change of its own: the file system's may be too coarse for a test."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    os.utime(path, (0, next(_TIMES)))


@dataclass
class Desk:
    """Ask an authority whose clock and alarms are at hand."""

    own: Path | None
    now: float = 1000.0
    alarms: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.authority = Authority(self.own, clock=lambda: self.now, alarm=self.alarms.append)

    def allows(self, spec: ToolSpec = SPEC, *, run: Run = RUN, task: Task = TASK, later: float = 0.0) -> bool:
        """Ask after some seconds."""
        self.now += later
        return self.authority.authorise(run, spec, task).allowed


def given_argument(argument: Argument, *, approved: bool = False) -> Task:
    return replace(TASK, arguments={"query": argument}, approved=approved)


@pytest.mark.parametrize(
    ("argument", "run", "spec", "waits"),
    [
        (Argument(value="q", private=True), ASKING, SPEC, True),
        (Argument(value="q"), ASKING, SPEC, False),
        (Argument(value="q", private=True), RUN, SPEC, False),
        (Argument(value="q", private=True), ASKING, NOTES, False),
        (Argument(value="q", private=True), ASKING, replace(SPEC, effects="write"), True),
        (Argument(value="q", taint=("s",)), ASKING, replace(SPEC, effects="write"), False),
        (Argument(value="q", private=True), ASKING, replace(SPEC, group=Group.MODEL, effects="write"), False),
    ],
    ids=["private", "public", "nobody asked", "no rule", "writing", "beyond a person", "a model"],
)
def test_a_call_waits_where_a_person_would_make_the_difference(
    argument: Argument, run: Run, spec: ToolSpec, *, waits: bool
) -> None:
    """Only a run that asks waits, only for what approval changes, and not once the person has decided."""
    authority, task = Desk(None).authority, given_argument(argument)
    hold = authority.hold(run, replace(spec, price=9), task)
    assert (hold is not None and hold.estimate == 9) is waits
    assert authority.hold(run, spec, replace(task, approved=True)) is None
    assert authority.hold(run, spec, replace(task, rejected="no")) is None


def test_what_a_person_rejected_is_denied_with_their_reason() -> None:
    """Their word stands before any policy that would allow it."""
    decision = Desk(None).authority.authorise(RUN, SPEC, replace(TASK, rejected="too dear"))
    assert (decision.allowed, decision.reason) == (False, "a person rejected it: too dear")


def test_without_a_folder_the_release_decides() -> None:
    """An analyst reads the web and no MCP server, however long it takes."""
    desk = Desk(None)
    assert desk.allows()
    assert desk.allows(later=10 * LOOK_SECONDS)
    assert not desk.allows(NOTES)


@pytest.mark.parametrize(
    ("argument", "approved", "group", "allowed"),
    [
        (Argument(value="q"), False, Group.COMPUTE, True),
        (Argument(value="q", taint=("s1",)), False, Group.COMPUTE, False),
        (Argument(value=0, of="t0"), False, Group.COMPUTE, False),
        (Argument(value="q", private=True), False, Group.COMPUTE, True),
        (Argument(value="q", private=True), False, Group.WEB, False),
        (Argument(value="q", private=True), True, Group.WEB, True),
        (Argument(value="q", taint=("s1",)), False, Group.WEB, True),
    ],
)
def test_what_is_known_of_a_call_reaches_the_policy(
    argument: Argument,
    approved: bool,  # noqa: FBT001  # a column of the table
    group: Group,
    allowed: bool,  # noqa: FBT001  # a column of the table
) -> None:
    """Taint, private words, a link found before and a person's leave each count."""
    task = given_argument(argument, approved=approved)
    assert Desk(None).allows(replace(SPEC, group=group), task=task) == allowed


@pytest.mark.parametrize(
    "condition",
    [
        'resource.trust == "curated"',
        "context.cost == 30",
        'context.mode == "deep"',
        'principal == Role::"admin"',
        'action == Action::"write" && context.approved',
    ],
)
def test_a_policy_may_speak_of_trust_price_mode_role_and_effects(condition: str, tmp_path: Path) -> None:
    """What the spec and the options say is what a condition sees."""
    write(tmp_path, f"permit (principal, action, resource) when {{ {condition} }};")
    desk = Desk(tmp_path)
    spec = replace(NOTES, trust=Trust.CURATED, price=30, effects="write")
    run = replace(RUN, options=Options(mode=Mode.DEEP, role=Role.ADMIN))
    assert desk.allows(spec, run=run, task=replace(TASK, approved=True))
    assert not desk.allows(NOTES, task=replace(TASK, approved=True))
