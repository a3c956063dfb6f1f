"""Wait for a person to approve the plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from langgraph.types import interrupt

from graph.definition import Definition, Fingerprint
from graph.errors import Refused
from graph.ports import Define, Runs
from graph.records import Clock, Plan, Run, Task
from graph.state import ResearchState, Update, admitted, planned
from guards.budget import is_plan_within, is_raise, usd
from guards.option_bounds import most_reason
from guards.plan_fitting import Foresee, fitted
from guards.plan_form import is_plan_sound
from guards.policy.approval import (
    Edit,
    PersonsDecision,
    Rejection,
    read_decision,
    recorded,
    tools_of,
    with_authors,
    write_form,
)


async def approve_plan(
    state: ResearchState,
    *,
    prices: dict[str, int],
    forecast: Foresee,
    runs: Runs,
    clock: Clock,
    define: Define,
    most: int,
) -> Update:
    """Interrupt until the person approves, edits or rejects; an edit is checked like any plan.

    Each call is approved with its tools as they were shown. An edit may raise the budget of the run, alone or
    with a plan; fallbacks that fit then come back, and what another cap stops stays out.
    """
    plan, run = planned(state), admitted(state)
    shown = await _defined(plan, define)
    costs, problem = _costs(state, plan, forecast), ""
    while True:
        answer = interrupt(_question(plan, costs, shown, problem))
        try:
            decision = read_decision(answer)
            cap = _cap(decision, run.options.budget, most)
            edited = _decide(decision, plan, prices, cap)
        except Refused as refused:
            problem = str(refused)
            continue
        update = Update(decisions=(recorded(decision, "plan", clock()),))
        if isinstance(decision, Rejection):
            return {**update, "refusal": f"rejected: {decision.because}"}
        approved = {**await _defined(edited, define, shown), **shown}
        if cap == run.options.budget:
            return {**update, "plan": _released(edited, approved)}
        fit = fitted(edited, prices, cap, forecast(run, edited).worst)
        roomy = edited if any(cut.lost for cut in fit.cuts) else fit.plan
        return await _raised({**update, "plan": _released(roomy, approved)}, run, cap, runs)


async def _defined(
    plan: Plan, define: Define, known: Mapping[str, Definition] | None = None
) -> dict[str, Definition]:
    """Return the definition of each tool of a plan, except for those that are known."""
    named = {tool for branch in plan.branches for task in branch.tasks for tool in tools_of(task)}
    asked = sorted(named - (known or {}).keys())
    return {each.tool: each for each in await define(asked)} if asked else {}


def _costs(state: ResearchState, plan: Plan, forecast: Foresee) -> dict[str, object]:
    """Return what the plan may cost, with its models, and what was cut to fit the budget."""
    models = forecast(admitted(state), plan)
    return {
        "estimate_usd": usd(plan.estimate + models.worst),
        "models": {"expected_usd": usd(models.expected), "estimate_usd": usd(models.worst)},
        "cut": [unknown.detail for unknown in state.unknowns if unknown.kind == "plan_cut"],
    }


def _question(
    plan: Plan, costs: dict[str, object], shown: Mapping[str, Definition], problem: str
) -> dict[str, object]:
    dollars = {task.id: usd(task.estimate) for branch in plan.branches for task in branch.tasks}
    question: dict[str, object] = {
        "kind": "plan",
        "plan": write_form(plan, dollars, shown),
        **costs,
        "choices": ["approve", "edit", "reject"],
    }
    return {**question, "problem": problem} if problem else question


def _decide(decision: PersonsDecision, plan: Plan, prices: dict[str, int], cap: int) -> Plan:
    if not isinstance(decision, Edit):
        return plan
    if decision.plan is None and decision.budget is not None:
        return plan
    if decision.plan is None:
        raise Refused("plan: the edit holds no plan; write the whole plan as the run shows it")
    edited = decision.plan.plan()
    sound = is_plan_sound(edited, prices)
    if not sound.allowed:
        raise Refused(sound.reason)
    priced = _priced(edited, prices)
    within = is_plan_within(priced.estimate, 0, cap)
    if not within.allowed:
        raise Refused(within.reason)
    return with_authors(priced, plan)


def _cap(decision: PersonsDecision, cap: int, most: int) -> int:
    """Return the budget of the run after a decision, in micro-dollars; raise Refused for an invalid one."""
    budget = decision.budget if isinstance(decision, Edit) else None
    if budget is None:
        return cap
    if not (raised := is_raise(budget, cap)).allowed:
        raise Refused(raised.reason)
    if budget > most:
        raise Refused(most_reason(budget, most))
    return budget


async def _raised(update: Update, run: Run, budget: int, runs: Runs) -> Update:
    options = replace(run.options, budget=budget)
    await runs.reopen(run.id, options)
    return Update(**update, run=replace(run, options=options))


def _priced(plan: Plan, prices: dict[str, int]) -> Plan:
    return _each(plan, lambda task: replace(task, estimate=_price(task, prices)))


def _price(task: Task, prices: dict[str, int]) -> int:
    """Return what a call may cost at most: each of its fallbacks may have to be asked."""
    return sum(prices[tool] for tool in (task.tool, *task.fallbacks))


def _released(plan: Plan, shown: Mapping[str, Definition]) -> Plan:
    """Mark every call as one that a person has seen and allowed, with its tools as they were shown."""

    def fingerprint(tool: str) -> Fingerprint:
        # One that is not there now has no parts: whatever comes under its name is asked about.
        return shown[tool].fingerprint if tool in shown else Fingerprint(tool=tool, parts={})

    def released(task: Task) -> Task:
        return replace(task, approved=True, approved_as=tuple(map(fingerprint, tools_of(task))))

    return _each(plan, released)


def _each(plan: Plan, change: Callable[[Task], Task]) -> Plan:
    """Return a plan with every call changed."""
    return Plan(branches=tuple(replace(b, tasks=tuple(map(change, b.tasks))) for b in plan.branches))
