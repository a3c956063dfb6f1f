from __future__ import annotations

import pytest

from graph.errors import Refused
from graph.records import Argument, Branch, Plan, Task
from guards.policy.approval import Edit, Rejection, read_decision, write_form

PLAN = Plan(
    branches=(
        Branch(
            id="b1",
            root="b1",
            question=Argument(value="q", taint=("s",)),
            tasks=(
                Task(id="t1", tool="x", purpose="p", arguments={"query": Argument(value="q", taint=("s",))}),
            ),
        ),
    )
)


def test_a_plan_survives_being_written_and_read_and_loses_its_taint() -> None:
    """What a person read and sent back is the person's own."""
    form = write_form(PLAN, {"t1": "0.00"})
    decision = read_decision({"decision": "edit", "plan": form})
    assert isinstance(decision, Edit)
    assert decision.plan is not None
    plan = decision.plan.plan()
    assert plan.branches[0].tasks[0].arguments == {"query": Argument(value="q")}
    assert plan.branches[0].question == Argument(value="q")


@pytest.mark.parametrize(
    "answer",
    [
        None,
        "approve",
        {},
        {"decision": "maybe"},
        {"decision": "approve", "extra": 1},
        {"decision": "reject"},
        {"decision": "reject", "because": ""},
        {"decision": "edit", "plan": {"branches": [{"id": "b1"}]}},
    ],
)
def test_anything_but_a_decision_is_refused_in_one_line(answer: object) -> None:
    """Silence, half an edit or a typing slip is never taken for a yes or a no."""
    with pytest.raises(Refused) as refused:
        read_decision(answer)
    assert "\n" not in str(refused.value)


def test_a_rejection_carries_its_reason() -> None:
    """The reason a person gave reaches the report."""
    decision = read_decision({"decision": "reject", "because": "too broad"})
    assert decision == Rejection(decision="reject", because="too broad")
