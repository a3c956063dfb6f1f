"""Where a run goes next: pure functions from state to the next node."""

from __future__ import annotations

from langgraph.types import Send

from graph.options import Approve
from graph.state import Checking, Investigation, Reading, ResearchState, admitted, planned, roots
from guards.request import is_question_clear


def after_request(state: ResearchState) -> str:
    """Send a refused request straight to its report."""
    return "settle" if state.refusal else "recall"


def after_recall(state: ResearchState) -> str:
    """Ask what a vague question is about, if a person is there to answer."""
    asks = admitted(state).options.approve is Approve.ASK
    return "clarify" if asks and not is_question_clear(state.question).allowed else "plan"


def after_clarify(state: ResearchState) -> str:
    """Send a question that a person took back straight to its report."""
    return "settle" if state.refusal else "plan"


def after_budget(state: ResearchState) -> str:
    """Send a refused plan to its report, and any other to the person who wants to see it."""
    if state.refusal:
        return "settle"
    return "approve_plan" if admitted(state).options.approve is Approve.ASK else "dispatch"


def after_approval(state: ResearchState) -> str:
    """Send a plan that a person rejected straight to its report."""
    return "settle" if state.refusal else "dispatch"


def to_investigate(state: ResearchState) -> list[Send]:
    """Fan out to every branch that has not been asked; `dispatch` is entered only when there is one."""
    run, asked = admitted(state), {call.branch for call in state.calls}
    pending = [branch for branch in planned(state).branches if branch.id not in asked]
    return [Send("investigate", Investigation(run=run, branch=branch)) for branch in pending]


def after_gather(state: ResearchState) -> str:
    """Ask again while follow-ups are open."""
    asked = {call.branch for call in state.calls}
    return (
        "dispatch" if any(branch.id not in asked for branch in planned(state).branches) else "guard_evidence"
    )


def to_read(state: ResearchState) -> list[Send] | str:
    """Fan out to one reading for each root question that has evidence."""
    run, plan = admitted(state), planned(state)
    root_of = {branch.id: branch.root for branch in plan.branches}
    readings = [
        Reading(run=run, root=root.id, question=str(root.question.value), passages=passages)
        for root in roots(plan)
        if (passages := tuple(p for p in state.evidence if root_of.get(p.branch) == root.id))
    ]
    return [Send("read", reading) for reading in readings] or "write"


def to_check(state: ResearchState) -> list[Send] | str:
    """Send the claims this reading made to be checked; each reading sees only its own."""
    run = admitted(state)
    questions = {root.id: str(root.question.value) for root in roots(planned(state))}
    checkings = [
        Checking(run=run, root=root, question=question, claims=claims)
        for root, question in questions.items()
        if (claims := tuple(claim for claim in state.claims if claim.root == root))
    ]
    return [Send("check", checking) for checking in checkings] or "write"
