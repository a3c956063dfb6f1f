"""Wait for a person to raise the budget of a run that skipped calls for lack of money."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from langgraph.types import interrupt

from graph.definition import Definition
from graph.errors import Refused
from graph.ports import Calls, Define, Runs
from graph.records import Call, Clock, Outcome, Run, Task
from graph.state import ResearchState, Update, admitted, planned
from guards.budget import is_raise, usd
from guards.option_bounds import most_reason
from guards.outages import unpaid
from guards.policy.approval import Edit, PersonsDecision, Rejection, author_of, read_decision, recorded
from guards.policy.tool_shown import tool_shown

_NOTE = "caps of a user, a tool, a model or this installation are not raised here: attest budget set"


async def raise_budget(
    state: ResearchState,
    *,
    calls: Calls,
    prices: Mapping[str, int],
    runs: Runs,
    clock: Clock,
    define: Define,
    most: int,
) -> Update:
    """Interrupt while the run's own cap is the obstacle, until the person raises it or goes on without.

    After a raise the skipped calls are held for another round; otherwise the run ends partial. Calls that
    another cap stopped are not asked about: no answer here would help.
    """
    run, undone = admitted(state), unpaid(state.calls)
    spent = (await calls.cost(run.id)).micros
    needed = sum(prices.get(call.tool, 0) for call in undone)
    if spent + needed <= run.options.budget:
        return Update()
    problem, lines = "", await _lines(state, undone, prices, define)
    while True:
        answer = interrupt(_question(run, lines, spent, needed, problem))
        try:
            decision = read_decision(answer)
            budget = _raised(decision, run.options.budget, most)
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


def _raised(decision: PersonsDecision, cap: int, most: int) -> int | None:
    """Return the new cap in micro-dollars, or None to go on with what there is."""
    if isinstance(decision, Rejection):
        raise Refused("approve ends the run with what there is; an edit raises its budget")
    if not isinstance(decision, Edit):
        return None
    if decision.budget is None:
        raise Refused('budget_usd: write what the run may spend in all, as {"budget_usd": "2.00"}')
    if not (raised := is_raise(decision.budget, cap)).allowed:
        raise Refused(raised.reason)
    if decision.budget > most:
        raise Refused(most_reason(decision.budget, most))
    return decision.budget


async def _lines(
    state: ResearchState, undone: Sequence[Call], prices: Mapping[str, int], define: Define
) -> list[dict[str, object]]:
    """Describe each skipped call: what it is for, whom it asks, and what it may cost."""
    tasks = {task.id: task for branch in planned(state).branches for task in branch.tasks}
    tools = sorted({call.tool for call in undone})
    shown = {each.tool: each for each in await define(tools)}
    return [_line(call, tasks.get(call.task.partition("~")[0]), shown, prices) for call in undone]


def _line(
    call: Call, task: Task | None, shown: Mapping[str, Definition], prices: Mapping[str, int]
) -> dict[str, object]:
    arguments = task.arguments if task else {}
    return {
        "task": call.task,
        "tool": call.tool,
        "purpose": task.purpose if task else "",
        "purpose_by": author_of(task) if task else "planner",
        "arguments": {name: argument.value for name, argument in arguments.items() if not argument.of},
        "about": [tool_shown(shown[call.tool], arguments).model_dump()] if call.tool in shown else [],
        "why": call.detail,
        "estimate_usd": usd(prices.get(call.tool, 0)),
    }


def _question(
    run: Run, lines: Sequence[dict[str, object]], spent: int, needed: int, problem: str
) -> dict[str, object]:
    question: dict[str, object] = {
        "kind": "budget",
        "spent_usd": usd(spent),
        "budget_usd": usd(run.options.budget),
        "estimate_usd": usd(needed),
        "undone": list(lines),
        "note": _NOTE,
        "choices": ["edit", "approve"],
    }
    return {**question, "problem": problem} if problem else question
