"""Ask the person what a vague question is about."""

from __future__ import annotations

from dataclasses import replace

from langgraph.types import interrupt

from graph.errors import Refused
from graph.records import Clock
from graph.state import ResearchState, Update, admitted
from guards.policy.approval import Edit, PersonsDecision, Rejection, read_decision, recorded
from guards.request import is_question_clear, is_request_allowed


async def clarify(state: ResearchState, *, clock: Clock) -> Update:
    """Wait for another question, or for approval of this one."""
    run = admitted(state)
    decision = _ask(state.question)
    update = Update(decisions=(recorded(decision, "clarify", clock()),))
    match decision:
        case Rejection(because=because):
            update["refusal"] = f"rejected: {because}"
        case Edit(question=str(question)):
            update |= Update(question=question, run=replace(run, question=question))
    return update


def _ask(question: str) -> PersonsDecision:
    problem = is_question_clear(question).reason
    while True:
        answer = interrupt(
            {
                "kind": "clarify",
                "question": question,
                "problem": problem,
                "choices": ["approve", "edit", "reject"],
            }
        )
        try:
            decision = read_decision(answer)
        except Refused as refused:
            problem = str(refused)
            continue
        problem = is_request_allowed(decision.question or "").reason if isinstance(decision, Edit) else ""
        if not problem:
            return decision
