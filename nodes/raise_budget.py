"""Wait for a person to raise the budget of a run that left calls undone for want of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from langgraph.types import interrupt

from graph.errors import Refused
from graph.ports import Calls, Runs
from graph.records import Call, Clock, Outcome
from graph.state import ResearchState, Update, admitted, planned
from guards.approval import Edit, PersonsDecision, Rejection, read_decision, recorded
from guards.budget import is_raise, usd
from guards.outages import unpaid

_NOTE = "caps of a user, a tool, a model or this installation are not raised here: attest budget set"


async def raise_budget(
    state: ResearchState, *, calls: Calls, prices: Mapping[str, int], runs: Runs, clock: Clock
) -> Update:
    """Interrupt while the run's own cap is in the way, until the person raises it or goes on without.

    Raised, what was left undone is kept back for another round; else, the run ends partial. What another cap
    stopped is not asked about: no answer here would help.
    """
    run, undone = admitted(state), unpaid(state.calls)
    spent = (await calls.cost(run.id)).micros
    needed = sum(prices.get(call.tool, 0) for call in undone)
    if spent + needed <= run.options.budget:
        return Update()
    problem = ""
    while True:
        answer = interrupt(_question(state, undone, spent, needed, prices, problem))
        try:
            decision = read_decision(answer)
            budget = _raised(decision, run.options.budget)
        except Refused as refused:
            problem = str(refused)
            continue
        update = Update(decisions=(recorded(decision, "budget", clock()),))
        if budget is None:
            return update
        options = replace(run.options, budget=budget)
        await runs.reopen(run.id, options)
        again = tuple(replace(call, outcome=Outcome.HELD) for call in undone)
        return {**update, "run": replace(run, options=options), "calls": again}


def _raised(decision: PersonsDecision, cap: int) -> int | None:
    """Return the new cap in micro-dollars, or None to go on with what there is."""
    if isinstance(decision, Rejection):
        raise Refused("approve ends the run with what there is; an edit raises its budget")
    if not isinstance(decision, Edit):
        return None
    if decision.budget is None:
        raise Refused('budget_usd: write what the run may spend in all, as {"budget_usd": "2.00"}')
    if not (raised := is_raise(decision.budget, cap)).allowed:
        raise Refused(raised.reason)
    return decision.budget


def _question(
    state: ResearchState,
    undone: Sequence[Call],
    spent: int,
    needed: int,
    prices: Mapping[str, int],
    problem: str,
) -> dict[str, object]:
    purposes = {task.id: task.purpose for branch in planned(state).branches for task in branch.tasks}
    question: dict[str, object] = {
        "kind": "budget",
        "spent_usd": usd(spent),
        "budget_usd": usd(admitted(state).options.budget),
        "estimate_usd": usd(needed),
        "undone": [
            {
                "task": call.task,
                "tool": call.tool,
                "purpose": purposes.get(call.task.partition("~")[0], ""),
                "why": call.detail,
                "estimate_usd": usd(prices.get(call.tool, 0)),
            }
            for call in undone
        ],
        "note": _NOTE,
        "choices": ["edit", "approve"],
    }
    return {**question, "problem": problem} if problem else question
