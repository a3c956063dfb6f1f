"""Authorisation: decide which calls may be made, by the policies of the release and of the operator."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from graph.errors import Refused
from graph.options import Approve
from graph.records import Clock, Decision, Run, Task
from graph.tool import Group, Hold, ToolSpec
from guards.policy.approved_tool import is_as_approved
from guards.policy.call_policy import CallQuestion, Policies
from guards.policy.release import may_a_person_release
from tools.call_pipeline.policy_files import PolicyFiles, warn
from tools.call_pipeline.tool_definitions import define_tool


class Authority:
    """Decide by the newest policies that can be used; `own` is the operator's folder.

    A Rulebook reads the policies and notices changes. Raises Misconfigured for a problem at the start;
    `alarm` is told of one that comes later.
    """

    def __init__(self, own: Path | None, *, clock: Clock, alarm: Callable[[str], None] = warn) -> None:
        self._book = PolicyFiles(Policies, own, clock=clock, alarm=alarm)

    def authorise(self, run: Run, spec: ToolSpec, task: Task) -> Decision:
        """Say whether a run may make a call, and why not."""
        if task.rejected:
            return Decision(allowed=False, reason=f"a person rejected it: {task.rejected}")
        return self._book.rules().is_call_allowed(question_of(run, spec, task))

    def check(self, run: Run, spec: ToolSpec, task: Task) -> None:
        """Raise Refused, with the reason, for a call that a run may not make."""
        if not (decision := self.authorise(run, spec, task)).allowed:
            raise Refused(decision.reason)

    def changed(self, spec: ToolSpec, task: Task) -> Refused | None:
        """Return why an approved call may not be made: its tool is not what it was when it was approved."""
        if not task.approved:
            return None
        same = is_as_approved(task.approved_as, define_tool(spec).fingerprint)
        return None if same.allowed else Refused(f"{same.reason}: ask again")

    def hold(self, run: Run, spec: ToolSpec, task: Task) -> Hold | None:
        """Return why a call waits for a person: the run asks for approvals, and a person could release it.

        An approved call waits again when its tool is not what was approved. A call to a model never waits.
        """
        asks = run.options.approve is Approve.ASK and spec.group is not Group.MODEL
        if not asks or task.rejected:
            return None
        definition, ask = define_tool(spec), self._book.rules().is_call_allowed
        if task.approved:
            same = is_as_approved(task.approved_as, definition.fingerprint)
            waits, reason = not same.allowed and ask(question_of(run, spec, task)).allowed, same.reason
        else:
            release = may_a_person_release(question_of(run, spec, task), ask)
            waits, reason = release.allowed, release.reason
        return Hold(reason=reason, definition=definition, estimate=spec.price) if waits else None


def question_of(run: Run, spec: ToolSpec, task: Task) -> CallQuestion:
    """Return what to ask the policy about a call; an argument taken from a found source is tainted too."""
    arguments = task.arguments.values()
    return CallQuestion(
        role=run.options.role,
        tool=spec.name,
        group=spec.group,
        effects=spec.effects,
        trust=spec.trust,
        approved=task.approved,
        tainted=any(argument.tainted or argument.of for argument in arguments),
        private=any(argument.private for argument in arguments),
        cost=spec.price,
        mode=run.options.mode,
    )
