"""Let a plan pass that the budget can pay for."""

from __future__ import annotations

from graph.ports import Calls
from graph.state import ResearchState, Update, admitted, planned
from guards.budget import is_plan_within


async def guard_budget(state: ResearchState, *, calls: Calls) -> Update:
    """Refuse a plan whose worst case passes what is left of the budget."""
    estimate = planned(state).estimate
    if state.refusal or not estimate:
        return Update()
    run = admitted(state)
    spent = await calls.cost(run.id)
    return Update(refusal=is_plan_within(estimate, spent.micros, run.options.budget).reason)
