"""Decide which calls may be made, by the policies of the release and those of the operator."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from graph.records import Clock, Decision, Run, Task
from graph.tool import ToolSpec
from guards.policy import CallQuestion, Policies
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
        return self._book.rules().is_call_allowed(question_of(run, spec, task))


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
