"""Decide which calls may be made, by the policies of the release and those of the operator."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from graph.errors import Refused
from graph.options import Approve
from graph.records import Clock, Decision, Run, Task
from graph.tool import Group, Hold, ToolSpec
from guards.policy import CallQuestion, Policies
from guards.release import may_a_person_release
from tools.path.rulebook import Rulebook, warn


class Authority:
    """Answer by the newest policies that can be used; `own` is the operator's folder.

    Where its rules come from, and when they change, is for a Rulebook. Raises Misconfigured where there is a
    problem from the start; `alarm` is told of one that comes later.
    """

    def __init__(self, own: Path | None, *, clock: Clock, alarm: Callable[[str], None] = warn) -> None:
        self._book = Rulebook(Policies, own, clock=clock, alarm=alarm)

    def authorise(self, run: Run, spec: ToolSpec, task: Task) -> Decision:
        """Say whether a run may make a call, and why not."""
        if task.rejected:
            return Decision(allowed=False, reason=f"a person rejected it: {task.rejected}")
        return self._book.rules().is_call_allowed(question_of(run, spec, task))

    def check(self, run: Run, spec: ToolSpec, task: Task) -> None:
        """Raise Refused, with the reason, for a call that a run may not make."""
        if not (decision := self.authorise(run, spec, task)).allowed:
            raise Refused(decision.reason)

    def hold(self, run: Run, spec: ToolSpec, task: Task) -> Hold | None:
        """Say why a call waits for a person, where one was promised to be asked and could release it.

        A call to a model is part of a step and waits for nobody.
        """
        asks = run.options.approve is Approve.ASK and spec.group is not Group.MODEL
        if not asks or task.approved or task.rejected:
            return None
        release = may_a_person_release(question_of(run, spec, task), self._book.rules().is_call_allowed)
        return Hold(reason=release.reason, estimate=spec.price) if release.allowed else None


def question_of(run: Run, spec: ToolSpec, task: Task) -> CallQuestion:
    """Ask the policy about a call; an argument that points at a source found before is tainted too."""
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
