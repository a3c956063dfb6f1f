"""Choose the next node: pure functions of the state."""

from __future__ import annotations

from langgraph.types import Send

from graph.options import Approve
from graph.records import Branch
from graph.state import (
    Asking,
    Checking,
    Investigation,
    Reading,
    ResearchState,
    admitted,
    is_stopped,
    planned,
    roots,
    unasked,
    waiting,
)
from guards.outages import unpaid
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
    """Fan out to every branch with open calls; `dispatch` is entered only when there is one."""
    return [Send("investigate", _investigation(state, branch)) for branch in unasked(state)]


def _investigation(state: ResearchState, branch: Branch) -> Investigation:
    return Investigation(
        run=admitted(state),
        branch=branch,
        known=tuple(call for call in state.calls if call.branch == branch.id),
        ruled=tuple(held.task for held in state.held if held.branch == branch.id and held.decided),
    )


def after_gather(state: ResearchState) -> list[Send] | str:
    """Ask the person about each held call, and investigate again while follow-ups are open."""
    run = admitted(state).id
    if asking := [Send("approve_call", Asking(held=held, run=run)) for held in waiting(state)]:
        return asking
    if is_stopped(state):
        return "guard_evidence"
    if unasked(state):
        return "dispatch"
    asks = admitted(state).options.approve is Approve.ASK
    return "raise_budget" if asks and unpaid(state.calls) else "guard_evidence"


def after_raise(state: ResearchState) -> str:
    """Do what was left undone once there is money for it."""
    return "dispatch" if unasked(state) else "guard_evidence"


def after_report(state: ResearchState) -> str:
    """Send a report to the person who wants to release it."""
    return "approve_report" if admitted(state).options.release is Approve.ASK else "settle"


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
    """Send the claims of each root question to be checked."""
    run = admitted(state)
    questions = {root.id: str(root.question.value) for root in roots(planned(state))}
    checkings = [
        Checking(run=run, root=root, question=question, claims=claims)
        for root, question in questions.items()
        if (claims := tuple(claim for claim in state.claims if claim.root == root))
    ]
    return [Send("check", checking) for checking in checkings] or "write"
