"""Is this plan well formed? Asked when it is made, and again when a person edits it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from graphlib import CycleError, TopologicalSorter

from graph.records import Branch, Decision, Plan, Task

MOST_BRANCHES = 64
MOST_TASKS = 64


def is_plan_sound(plan: Plan, tools: Collection[str]) -> Decision:
    """Refuse a plan that is empty, too large, repeats an id, or has a branch that cannot be carried out."""
    problem = _shape(plan) or next(filter(None, (_branch(b, tools) for b in plan.branches)), "")
    return Decision(allowed=not problem, reason=problem)


def _shape(plan: Plan) -> str:
    if not plan.branches:
        return "the plan has no line of inquiry"
    if len(plan.branches) > MOST_BRANCHES:
        return f"the plan has {len(plan.branches)} lines of inquiry, more than {MOST_BRANCHES}"
    branches = [branch.id for branch in plan.branches]
    tasks = [task.id for branch in plan.branches for task in branch.tasks]
    if twice := _twice(branches) or _twice(tasks):
        return f"the id {twice!r} stands twice in the plan"
    if lost := next((b.id for b in plan.branches if b.root not in branches), ""):
        return f"branch {lost!r} follows up a branch that is not in the plan"
    return ""


def _branch(branch: Branch, tools: Collection[str]) -> str:
    ids = {task.id for task in branch.tasks}
    if not 0 < len(ids) <= MOST_TASKS:
        return f"branch {branch.id!r} has {len(ids)} calls; it needs 1 to {MOST_TASKS}"
    for task in branch.tasks:
        if missing := set(task.needs) - ids:
            return f"call {task.id!r} needs {min(missing)!r}, which is not in branch {branch.id!r}"
        if problem := _task(task, tools):
            return problem
    return _cycle(branch)


def _task(task: Task, tools: Collection[str]) -> str:
    if "~" in task.id:
        return f"the id {task.id!r} holds a ~, which marks the stand-ins of a call"
    asked = (task.tool, *task.fallbacks, *task.unfunded)
    if lost := next((tool for tool in asked if tool not in tools), ""):
        return f"call {task.id!r} wants the tool {lost!r}; there are: {', '.join(sorted(tools))}"
    if twice := _twice(asked):
        return f"call {task.id!r} asks {twice!r} twice"
    return next(filter(None, (_reference(task, name) for name in task.arguments)), "")


def _reference(task: Task, name: str) -> str:
    argument = task.arguments[name]
    if argument.of and argument.of not in task.needs:
        return f"{name} of call {task.id!r} is found by {argument.of!r}, which is not among its needs"
    if argument.of and (type(argument.value) is not int or argument.value < 0):
        return f"{name} of call {task.id!r} must count the sources of {argument.of!r} from 0"
    return ""


def _cycle(branch: Branch) -> str:
    try:
        TopologicalSorter({task.id: task.needs for task in branch.tasks}).prepare()
    except CycleError as error:
        return f"the calls of branch {branch.id!r} wait for each other: {' → '.join(error.args[1])}"
    return ""


def _twice(ids: Iterable[str]) -> str:
    seen: set[str] = set()
    for name in ids:
        if name in seen:
            return name
        seen.add(name)
    return ""
