"""Fit a plan into the budget."""

from __future__ import annotations

from graph.events import Announce, Noted
from graph.ports import Calls
from graph.records import Call, Clock, Outcome, Plan, Run, Task, Unknown
from graph.state import ResearchState, Update, admitted, planned
from guards.budget import is_plan_within
from guards.plan_fitting import Fitted, Foresee, Prices, fitted


async def guard_budget(
    state: ResearchState,
    *,
    announce: Announce,
    calls: Calls,
    clock: Clock,
    forecast: Foresee,
    prices: Prices,
) -> Update:
    """Cut the plan to what is left of the budget and say what is lost; refuse it if nothing remains.

    A useful call that is cut counts as skipped, so the run ends partial. A plan that loses only fallbacks, or
    the money for models, may still end complete.
    """
    plan, run = planned(state), admitted(state)
    models = forecast(run, plan).worst
    if state.refusal or not plan.estimate + models:
        return Update()
    spent = await _spent(calls, run, plan)
    fit = fitted(plan, prices, max(0, run.options.budget - spent), models)
    if not fit.plan.branches:
        return Update(refusal=is_plan_within(plan.estimate, spent, run.options.budget).reason)
    if not fit.cuts:
        return Update()
    for cut in fit.cuts:
        announce(Noted(text=f"cut to fit the budget: {cut.detail}"))
    return _cut(fit, clock())


async def _spent(calls: Calls, run: Run, plan: Plan) -> int:
    """Return what was spent outside this plan: a completed call of it is replayed for free."""
    mine = {task.id for branch in plan.branches for task in branch.tasks}
    replayed = [call for call in await calls.made(run.id) if call.task.partition("~")[0] in mine]
    return (await calls.cost(run.id)).micros - sum(call.cost for call in replayed)


def _cut(fit: Fitted, now: float) -> Update:
    return Update(
        plan=fit.plan,
        unknowns=tuple(Unknown(kind="plan_cut", detail=cut.detail) for cut in fit.cuts),
        calls=tuple(_skipped(task, now) for cut in fit.cuts for task in cut.lost),
    )


def _skipped(task: Task, now: float) -> Call:
    """Record a call that was cut; it has no branch, since its branch is not investigated yet."""
    return Call(
        task=task.id,
        branch="",
        tool=task.tool,
        outcome=Outcome.SKIPPED,
        started=now,
        ended=now,
        detail="cut from the plan to fit the budget",
    )
