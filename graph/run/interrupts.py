"""Find what a run waits for, and which of several questions a decision answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from langgraph.types import Interrupt, StateSnapshot

from graph.errors import Refused
from graph.events import Waiting
from guards.policy.approval import Edit, read_decision


def interrupts(snapshot: StateSnapshot) -> tuple[Interrupt, ...]:
    """Return the open questions; an answered step keeps its own until its siblings are answered too."""
    return tuple(i for task in snapshot.tasks if not task.result for i in task.interrupts)


def waiting_for(open_: Sequence[Interrupt]) -> Waiting:
    """Return the first question, with how many more wait, if any."""
    question, more = dict(_first(open_).value), len(open_) - 1
    return Waiting(
        kind=str(question["kind"]), question={**question, "more": more} if more else question, more=more
    )


def question_answered(open_: Sequence[Interrupt], decision: Mapping[str, Any]) -> Interrupt:
    """Return the question that a decision answers: the one about the call it names, or else the first.

    Raises Refused for what is not a decision, and for a call that does not wait.
    """
    read = read_decision(decision)
    if isinstance(read, Edit) or read.task is None:
        return _first(open_)
    found = next((i for i in open_ if i.value.get("task") == read.task), None)
    if found is None:
        raise Refused(f"no question about the call {read.task!r} is open: see attest show")
    return found


def budget_in(decision: Mapping[str, Any] | None) -> int | None:
    """Return the budget that a decision asks for, in micro-dollars; raises Refused for an invalid one."""
    read = read_decision(decision) if decision else None
    return read.budget if isinstance(read, Edit) else None


def _first(open_: Sequence[Interrupt]) -> Interrupt:
    """Return the same one of several questions each time: calls are ordered by their ids."""
    return min(open_, key=lambda interrupt: str(interrupt.value.get("task", "")))


def are_tools_same(asked: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Tell whether every tool that both questions about a plan show is the same in both."""
    before, after = _fingerprints(asked), _fingerprints(now)
    return all(after[tool] == before[tool] for tool in before.keys() & after.keys())


def _fingerprints(question: Mapping[str, Any]) -> dict[str, str]:
    branches = question["plan"]["branches"] if "plan" in question else ()
    shown = [each for branch in branches for task in branch["tasks"] for each in task.get("about", ())]
    return {each["tool"]: each["fingerprint"] for each in shown}


def raised_alone(decision: Mapping[str, Any] | None) -> int | None:
    """Return the budget of an edit that changes nothing else, in micro-dollars."""
    read = read_decision(decision) if decision else None
    return read.budget if isinstance(read, Edit) and read.plan is None and read.question is None else None


def endings(open_: Sequence[Interrupt], why: str, by: str) -> dict[str, dict[str, str]]:
    """Answer every open question so that the run ends: nothing is released, and no money is added."""
    reject, go_on = {"decision": "reject", "because": why, "by": by}, {"decision": "approve", "by": by}
    return {i.id: go_on if i.value["kind"] == "budget" else reject for i in open_}
