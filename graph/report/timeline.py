"""Place the calls of a run in time, and find its critical path."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.records import Call, Outcome, Phase, Plan, Task


@dataclass(frozen=True, slots=True, kw_only=True)
class RunHistory:
    """Hold the stored history of a run; times in seconds since the epoch, `ended` None while it runs.

    `calls` are those that ended, each task at most once.
    """

    plan: Plan | None = None
    calls: tuple[Call, ...] = ()
    entered: Mapping[Phase, float]
    ended: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Place a phase in time, in seconds from the first moment of the run."""

    phase: Phase
    start: float
    end: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineRow:
    """Place a call in time, in seconds from the start of the run; it queued for `waited` seconds.

    `asked` says that its tool was called, `critical` that it lies on the critical path. `cost` and
    `estimate`, the most it was planned to cost, are in micro-dollars.
    """

    branch: str
    task: str
    tool: str
    purpose: str
    outcome: Outcome
    start: float
    end: float
    waited: float = 0.0
    attempts: int = 0
    cost: int = 0
    estimate: int = 0
    cached: bool = False
    replayed: bool = False
    asked: bool = True
    critical: bool = False
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Hold the phases, the calls branch by branch, and the seconds of the run and of its critical path."""

    stages: tuple[Stage, ...]
    rows: tuple[TimelineRow, ...]
    wall: float
    critical_seconds: float


def timeline(history: RunHistory) -> Timeline:
    """Return the timeline of a run."""
    moments = [*history.entered.values(), *(call.started for call in history.calls)]
    first = min(moments, default=0.0)
    last = max([*moments, *(call.ended for call in history.calls), history.ended or first], default=first)
    path = critical_path(history)
    return Timeline(
        stages=tuple(_stages(history.entered, first, last)),
        rows=tuple(_rows(history, first, {call.task for call in path})),
        wall=last - first,
        critical_seconds=sum(call.ended - call.started for call in path),
    )


def critical_path(history: RunHistory) -> tuple[Call, ...]:
    """Return the calls, in time order, each of which waited for the one before it, up to the last to end.

    This is the backward walk of the critical path method, over measured times instead of estimates: from the
    call that ended last to the one among those it waited for that ended last, and so on.
    """
    order = _Order(history)
    chain: list[Call] = []
    waiting = [call for call in history.calls if call.started <= call.ended and _was_asked(call)]
    while (latest := max(waiting, key=_ending, default=None)) is not None:
        chain.append(latest)
        waiting = [call for call in order.awaited(latest) if call not in chain]
    return tuple(reversed(chain))


def _was_asked(call: Call) -> bool:
    """Tell whether a call was made at all: one that was left out delays nothing."""
    return call.attempts > 0 or call.waited > 0 or call.outcome in {Outcome.DONE, Outcome.FAILED}


def _ending(call: Call) -> tuple[float, bool, float]:
    """Sort by the end; among those that ended together, the one that took longest decided.

    A replayed call has the times of the original call: that one decided.
    """
    return call.ended, not call.replayed, -call.started


class _Order:
    """Tell which calls had to end before another could start."""

    def __init__(self, history: RunHistory) -> None:
        branches = history.plan.branches if history.plan else ()
        self._tasks = {task.id: task for branch in branches for task in branch.tasks}
        self._hops = {branch.id: branch.hop for branch in branches}
        self._calls = history.calls
        self._turns: dict[str, dict[int, Call]] = {}
        for call in history.calls:
            name, turn = planned_as(call.task, self._tasks)
            self._turns.setdefault(name, {})[turn] = call

    def awaited(self, call: Call) -> list[Call]:
        """Return the calls that this one waited for, and that had ended when it started."""
        awaited = self._earlier_turns(call) or self._needed(call) or self._earlier_rounds(call)
        return [other for other in awaited if other.started <= other.ended <= call.started]

    def _earlier_turns(self, call: Call) -> list[Call]:
        name, turn = planned_as(call.task, self._tasks)
        return [other for at, other in self._turns[name].items() if at < turn]

    def _needed(self, call: Call) -> list[Call]:
        name, _ = planned_as(call.task, self._tasks)
        needs = self._tasks[name].needs if name in self._tasks else ()
        return [other for need in needs for other in self._turns.get(need, {}).values()]

    def _earlier_rounds(self, call: Call) -> list[Call]:
        return [other for other in self._calls if self._round(other) < self._round(call)]

    def _round(self, call: Call) -> int:
        """Return the round from 0; a call that is in no branch was made before the plan, and has -1."""
        return self._hops.get(call.branch, -1)


def planned_as(name: str, tasks: Mapping[str, Task]) -> tuple[str, int]:
    """Return the planned task of a call, and its turn: `t~2` is the first fallback of `t`."""
    task, mark, turn = name.rpartition("~")
    is_fallback = mark and name not in tasks and task in tasks and turn.isascii() and turn.isdigit()
    return (task, int(turn)) if is_fallback else (name, 1)


def _stages(entered: Mapping[Phase, float], first: float, last: float) -> Iterable[Stage]:
    begun = sorted(entered.items(), key=lambda item: item[1])
    ends = [*(start for _, start in begun[1:]), last]
    for (phase, start), end in zip(begun, ends, strict=False):
        yield Stage(phase=Phase(phase), start=start - first, end=end - first)


def _rows(history: RunHistory, first: float, critical: set[str]) -> list[TimelineRow]:
    branches = history.plan.branches if history.plan else ()
    tasks = {task.id: task for branch in branches for task in branch.tasks}
    order = {branch.id: at for at, branch in enumerate(branches)}
    calls = sorted(history.calls, key=lambda call: (order.get(call.branch, -1), call.started))
    return [_row(call, tasks, first, critical=call.task in critical) for call in calls]


def _row(call: Call, tasks: Mapping[str, Task], first: float, *, critical: bool) -> TimelineRow:
    task = tasks.get(planned_as(call.task, tasks)[0])
    end = max(call.started, call.ended)
    return TimelineRow(
        branch=call.branch,
        task=call.task,
        tool=call.tool,
        purpose=task.purpose if task else "",
        outcome=call.outcome,
        start=call.started - first,
        end=end - first,
        waited=min(max(call.waited, 0.0), end - call.started),
        attempts=call.attempts,
        cost=call.cost,
        estimate=call.estimate or (task.estimate if task else 0),
        cached=call.cached,
        replayed=call.replayed,
        asked=_was_asked(call),
        critical=critical,
        detail=call.detail,
    )
