"""Which part of this plan can be paid for? The cheapest loss is taken first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from graph.records import Branch, Plan, Run, Task
from guards.budget import usd

Prices = Mapping[str, int]
"""What a call of each tool may cost, in micro-dollars."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """Estimate what models cost, in micro-dollars, to read, check and write.

    `planning` is the worst case of planning. `expected` and `worst` exclude it: it is paid for by the time
    there is a plan.
    """

    expected: int = 0
    worst: int = 0
    planning: int = 0


Foresee = Callable[[Run, Plan], Forecast]


def without_models(run: Run, plan: Plan) -> Forecast:  # noqa: ARG001 - one that knows models asks for both
    """Forecast no cost: no model does any work."""
    return Forecast()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """Say in plain words what a plan loses; `lost` are the useful calls among that."""

    detail: str
    lost: tuple[Task, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """Hold a plan that can be paid for and what was cut; with nothing left it has no branches."""

    plan: Plan
    cuts: tuple[Cut, ...] = ()


_Step = tuple[Plan, int, Cut]
"""A smaller plan, the worst case of its models, and what it goes without."""


def fitted(plan: Plan, prices: Prices, left: int, models: int = 0) -> Fitted:
    """Cut a plan until its worst case, with `models` for those that read, check and write, is within `left`.

    Stand-ins go first, the dearest before the others (a task keeps their names as `unfunded`, and they are
    back in a plan that is fitted to more money), then paid calls beside which their line of inquiry
    keeps another search, then the money for models, then paid calls, those of the last lines first. What
    needs a call goes with it, and so do the follow-ups of a line that has none left. The order does not
    depend on `left`, so less money never keeps a call that more would not. All in micro-dollars.
    """
    kept = Plan(branches=tuple(_with(b, (_priced(t, prices) for t in b.tasks)) for b in plan.branches))
    cuts: list[Cut] = []
    steps = _steps(kept, prices, models)
    while kept.estimate + models > left and (step := next(steps, None)):
        kept, models, cut = step
        cuts.append(cut)
    return Fitted(plan=kept, cuts=tuple(cuts))


def _steps(plan: Plan, prices: Prices, models: int) -> Iterator[_Step]:
    """Yield ever smaller plans, each with what the one before had more."""
    for task, tool in _stand_ins(plan, prices):
        plan = _without_stand_in(plan, task, tool, prices)
        detail = f"{tool} does not stand in for {task.tool} ({task.id}), which may cost ${usd(prices[tool])}"
        yield plan, models, Cut(detail=detail)
    for task in sorted(_paid(plan), key=lambda task: task.estimate)[::-1]:
        smaller = _without(plan, task)
        if _searching(smaller) == _searching(plan) and _has(plan, task):
            yield smaller, models, _dropped(plan, smaller, task)
            plan = smaller
    if models:
        yield plan, 0, Cut(detail=_unpaid(models))
    for task in reversed(_paid(plan)):
        if _has(plan, task):
            smaller = _without(plan, task)
            yield smaller, 0, _dropped(plan, smaller, task)
            plan = smaller


def _priced(task: Task, prices: Prices) -> Task:
    """Count every tool that may be asked, at no less than its planner did."""
    tools = (task.tool, *task.fallbacks, *task.unfunded)
    return replace(
        task,
        fallbacks=tools[1:],
        unfunded=(),
        estimate=max(task.estimate, sum(map(_price(prices), tools))),
    )


def _price(prices: Prices) -> Callable[[str], int]:
    return lambda tool: prices.get(tool, 0)


def _stand_ins(plan: Plan, prices: Prices) -> list[tuple[Task, str]]:
    """Return each paid stand-in with the call it stands in for, the dearest first, later ones before."""
    found = [(t, tool) for t in _tasks(plan) for tool in t.fallbacks if _price(prices)(tool)]
    return sorted(found, key=lambda pair: prices[pair[1]])[::-1]


def _paid(plan: Plan) -> list[Task]:
    return [task for task in _tasks(plan) if task.estimate]


def _tasks(plan: Plan) -> Iterator[Task]:
    return (task for branch in plan.branches for task in branch.tasks)


def _has(plan: Plan, task: Task) -> bool:
    return any(task.id == other.id for other in _tasks(plan))


def _searching(plan: Plan) -> list[str]:
    """Name the lines of inquiry that have a call which waits for no other."""
    return [branch.id for branch in plan.branches if any(not task.needs for task in branch.tasks)]


def _without_stand_in(plan: Plan, task: Task, tool: str, prices: Prices) -> Plan:
    def thinner(other: Task) -> Task:
        if other.id != task.id:
            return other
        fewer = tuple(name for name in other.fallbacks if name != tool)
        return replace(
            other,
            fallbacks=fewer,
            unfunded=(*other.unfunded, tool),
            estimate=other.estimate - prices[tool],
        )

    return Plan(branches=tuple(_with(b, map(thinner, b.tasks)) for b in plan.branches))


def _without(plan: Plan, task: Task) -> Plan:
    """Drop a call, what needs it, a line of inquiry that has no call then, and its follow-ups."""
    gone = _dependants(plan, task)
    fewer = [_with(b, (t for t in b.tasks if t.id not in gone)) for b in plan.branches]
    asked = {branch.id for branch in fewer if branch.tasks}
    return Plan(branches=tuple(b for b in fewer if b.id in asked and b.root in asked))


def _dependants(plan: Plan, task: Task) -> set[str]:
    gone, before = {task.id}, 0
    while len(gone) > before:
        before = len(gone)
        gone |= {other.id for other in _tasks(plan) if gone.intersection(other.needs)}
    return gone


def _dropped(plan: Plan, smaller: Plan, task: Task) -> Cut:
    kept = {other.id for other in _tasks(smaller)}
    lost = tuple(other for other in _tasks(plan) if other.id not in kept)
    with_it = [other.id for other in lost if other.id != task.id]
    also = f", and with it {', '.join(with_it)}" if with_it else ""
    branches = {branch.id for branch in smaller.branches}
    lines = [str(branch.question.value) for branch in plan.branches if branch.id not in branches]
    unasked = f"; so it is not looked into: {' / '.join(lines)}" if lines else ""
    return Cut(
        detail=f"{task.tool} is not asked ({task.id}), which may cost ${usd(task.estimate)}{also}{unasked}",
        lost=lost,
    )


def _unpaid(models: int) -> str:
    return (
        f"models that read, check and write may cost ${usd(models)}, more than is left: "
        "what cannot be paid is done without a model"
    )


def _with(branch: Branch, tasks: Iterable[Task]) -> Branch:
    return replace(branch, tasks=tuple(tasks))
