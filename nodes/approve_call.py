"""Wait for a person to allow a call that the policy denies without them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from langgraph.types import interrupt

from graph.errors import Refused
from graph.ports import Evidence
from graph.records import Argument, Clock, Snapshot
from graph.state import Asking, Held, Update
from guards.budget import usd
from guards.policy.approval import Edit, PersonsDecision, Rejection, author_of, read_decision, recorded
from guards.policy.tool_shown import tool_shown


async def approve_call(state: Asking, *, evidence: Evidence, clock: Clock) -> Update:
    """Interrupt until the person approves or rejects the call; the decision goes with the call."""
    held, problem = state.held, ""
    taints = {source for argument in held.task.arguments.values() for source in argument.taint}
    snapshots = await evidence.snapshots(state.run, sorted(taints))
    while True:
        answer = interrupt(_question(held, snapshots, problem))
        try:
            decision = read_decision(answer)
            ruled = _decided(held, decision)
        except Refused as refused:
            problem = str(refused)
        else:
            told = recorded(decision, "call", clock(), held.task.id)
            return Update(held=(ruled,), decisions=(told,))


def _decided(held: Held, decision: PersonsDecision) -> Held:
    if isinstance(decision, Edit):
        raise Refused("a call is approved or rejected as it stands: it cannot be edited")
    if decision.task not in {None, held.task.id}:
        raise Refused(f"the decision is about {decision.task}, and this call is {held.task.id}")
    if isinstance(decision, Rejection):
        return replace(held, task=replace(held.task, rejected=decision.because))
    approved_as = (held.definition.fingerprint,) if held.definition else ()
    return replace(held, task=replace(held.task, approved=True, approved_as=approved_as))


def _question(held: Held, snapshots: Mapping[str, Snapshot], problem: str) -> dict[str, object]:
    question: dict[str, object] = {
        "kind": "call",
        "task": held.task.id,
        "tool": held.task.tool,
        "purpose": held.task.purpose,
        "purpose_by": author_of(held.task),
        "why": held.reason,
        "about": [tool_shown(held.definition, held.task.arguments).model_dump()] if held.definition else [],
        "arguments": {name: _shown(a, snapshots) for name, a in held.task.arguments.items()},
        "estimate_usd": usd(held.estimate),
        "choices": ["approve", "reject"],
    }
    return {**question, "problem": problem} if problem else question


def _shown(argument: Argument, snapshots: Mapping[str, Snapshot]) -> dict[str, object]:
    """Show what would be sent, and which sources it was taken from."""
    return {
        "value": argument.value,
        "tainted": argument.tainted,
        "private": argument.private,
        "from": [
            {"source": name, "location": snapshots[name].source.location if name in snapshots else ""}
            for name in argument.taint
        ],
    }
