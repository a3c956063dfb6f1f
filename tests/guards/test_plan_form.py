from __future__ import annotations

import pytest

from graph.records import Argument, Branch, Plan, Task
from guards.plan_form import MOST_BRANCHES, is_plan_sound

TOOLS = {"documents.search"}


def task(name: str, *needs: str, tool: str = "documents.search") -> Task:
    return Task(id=name, tool=tool, purpose="", arguments={}, needs=needs)


def branch(name: str, *tasks: Task, root: str = "") -> Branch:
    return Branch(id=name, root=root or name, question=Argument(value="q"), tasks=tasks)


def test_a_chain_of_calls_is_sound() -> None:
    """Calls may wait for others of their branch, and a follow-up for its root."""
    plan = Plan(branches=(branch("b1", task("t1"), task("t2", "t1")), branch("b1.1", task("t3"), root="b1")))
    assert is_plan_sound(plan, TOOLS).allowed


@pytest.mark.parametrize(
    ("branches", "reason"),
    [
        ((), "no line of inquiry"),
        ((branch("b1"),), "0 calls"),
        ((branch("b1", task("t", tool="shell")),), "'shell'"),
        ((branch("b1", task("t", "u")),), "'u'"),
        ((branch("b1", task("t", "u"), task("u", "t")),), "wait for each other"),
        ((branch("b1", task("t")), branch("b1", task("u"))), "'b1' stands twice"),
        ((branch("b1", task("t")), branch("b2", task("t"))), "'t' stands twice"),
        ((branch("b1.1", task("t"), root="b1"),), "not in the plan"),
        (tuple(branch(f"b{n}", task(f"t{n}")) for n in range(MOST_BRANCHES + 1)), "more than"),
    ],
)
def test_a_plan_that_cannot_be_carried_out_is_refused(branches: tuple[Branch, ...], reason: str) -> None:
    """Each way of being malformed is refused and named."""
    decision = is_plan_sound(Plan(branches=branches), TOOLS)
    assert not decision.allowed
    assert reason in decision.reason
