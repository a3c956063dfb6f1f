from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from graph.records import Argument, Branch, Call, Outcome, Phase, Plan, Task
from graph.report.timeline import RunHistory, Timeline, critical_path, timeline

START = 1_767_323_045.0
SECONDS = st.integers(0, 9)


def task(name: str, *needs: str, fallbacks: int = 0) -> Task:
    return Task(
        id=name,
        tool="web.one",
        purpose=f"look for {name}",
        arguments={},
        needs=needs,
        fallbacks=tuple(f"web.other{turn}" for turn in range(fallbacks)),
    )


def branch(name: str, *tasks: Task, hop: int = 0) -> Branch:
    return Branch(id=name, root="b1", question=Argument(value=f"why {name}?"), tasks=tasks, hop=hop)


def call(name: str, started: float, ended: float, *, branch: str = "b1", waited: float = 0.0) -> Call:
    return Call(
        task=name,
        branch=branch,
        tool="web.one",
        outcome=Outcome.DONE,
        started=START + started,
        ended=START + ended,
        waited=waited,
    )


def path(plan: Plan, *calls: Call) -> list[str]:
    return [made.task for made in critical_path(RunHistory(plan=plan, calls=calls, entered={}))]


@dataclass(frozen=True)
class Made:
    """A run that was played: what was planned, what was called, and what each call really waited for."""

    history: RunHistory
    awaited: dict[str, set[str]]
    is_idle: bool


@st.composite
def runs(draw: st.DrawFn) -> Made:
    """Play a run of up to three rounds; unless `is_idle`, every call starts the moment it can."""
    is_idle = draw(st.booleans())
    branches: list[Branch] = []
    calls: list[Call] = []
    awaited: dict[str, set[str]] = {}
    for hop in range(draw(st.integers(1, 3))):
        before = list(calls)
        for at in range(draw(st.integers(1, 3))):
            lane = f"b{hop}.{at}"
            tasks: list[Task] = []
            for _ in range(draw(st.integers(1, 4))):
                names = [planned.id for planned in tasks]
                needs = draw(st.sets(st.sampled_from(names), max_size=2)) if names else set()
                planned = task(f"{lane}.q{len(tasks)}", *sorted(needs), fallbacks=draw(st.integers(0, 2)))
                tasks.append(planned)
                waits = [c for c in calls if c.task.partition("~")[0] in needs] or before
                for turn in range(1, draw(st.integers(1, 1 + len(planned.fallbacks))) + 1):
                    name = planned.id if turn == 1 else f"{planned.id}~{turn}"
                    ready = max((c.ended for c in waits), default=START)
                    begun = ready + (draw(SECONDS) if is_idle else 0)
                    made = call(name, begun - START, begun - START + draw(SECONDS), branch=lane)
                    awaited[name] = {c.task for c in waits}
                    calls.append(made)
                    waits = [*(c for c in waits if c.task.partition("~")[0] == planned.id), made]
            branches.append(branch(lane, *tasks, hop=hop))
    shuffled = tuple(draw(st.permutations(calls)))
    return Made(
        history=RunHistory(plan=Plan(branches=tuple(branches)), calls=shuffled, entered={}),
        awaited=awaited,
        is_idle=is_idle,
    )


@given(runs())
def test_the_critical_path_is_a_chain_of_calls_that_waited_for_each_other(made: Made) -> None:
    """It ends with the last call, runs in time order without overlap, and each link is a true dependency."""
    chain = critical_path(made.history)
    assert chain[-1].ended == max(c.ended for c in made.history.calls)
    for earlier, later in pairwise(chain):
        assert earlier.ended <= later.started
        assert earlier.task in made.awaited[later.task]
    assert timeline(made.history).critical_seconds <= timeline(made.history).wall + 1e-6


@given(runs())
def test_no_link_of_the_critical_path_could_be_replaced_by_one_that_ended_later(made: Made) -> None:
    """Whatever a call on the path waited for, the path goes through what kept it waiting longest."""
    calls = {c.task: c for c in made.history.calls}
    chain = critical_path(made.history)
    assert not made.awaited[chain[0].task], "a path begins with a call that could start at once"
    for earlier, later in pairwise(chain):
        assert earlier.ended == max(calls[name].ended for name in made.awaited[later.task])
    if not made.is_idle:
        assert timeline(made.history).critical_seconds == timeline(made.history).wall


@example([call("a", 1, 1), call("b", 1, 1)])
@given(st.lists(st.builds(call, st.sampled_from(["a", "b", "b~2", "c"]), SECONDS, SECONDS)))
def test_any_record_has_a_timeline(calls: list[Call]) -> None:
    """Clocks that were set back, lost plans and calls that needed each other end in a path, not in a loop."""
    plan = Plan(branches=(branch("b1", task("a", "b"), task("b", "a", fallbacks=1)),))
    history = RunHistory(plan=plan, calls=tuple({c.task: c for c in calls}.values()), entered={})
    drawn = timeline(history)
    chain = critical_path(history)
    assert all(earlier.ended <= later.started for earlier, later in pairwise(chain))
    assert all(0 <= row.start <= row.end <= drawn.wall + 1e-6 for row in drawn.rows)
    assert {row.task for row in drawn.rows if row.critical} == {c.task for c in chain}


def test_a_dependant_waits_for_the_call_it_needs() -> None:
    """A long call nobody waited for is not on the path, even when it ended just before."""
    plan = Plan(branches=(branch("b1", task("a"), task("b"), task("c", "a")),))
    assert path(plan, call("a", 0, 2), call("b", 0, 2.9), call("c", 3, 5)) == ["a", "c"]


def test_a_fallback_waits_for_the_tool_before_it() -> None:
    """A chain of fallbacks is one stretch of the path, and a dependant waits for its end."""
    plan = Plan(branches=(branch("b1", task("a", fallbacks=2), task("b", "a")),))
    calls = (call("a", 0, 1), call("a~2", 1, 2), call("a~3", 2, 3), call("b", 3, 4))
    assert path(plan, *calls) == ["a", "a~2", "a~3", "b"]


def test_a_follow_up_waits_for_the_whole_round_before_it() -> None:
    """The slowest branch of a round holds the next round up."""
    plan = Plan(
        branches=(
            branch("b1", task("a")),
            branch("b2", task("b")),
            branch("b1.1", task("c"), hop=1),
            branch("b1.2", task("d"), hop=1),
        )
    )
    calls = (
        call("a", 0, 1),
        call("b", 0, 4, branch="b2"),
        call("c", 5, 6, branch="b1.1"),
        call("d", 6.5, 9, branch="b1.2"),
    )
    assert path(plan, *calls) == ["b", "d"]


def test_what_is_done_before_the_plan_comes_first() -> None:
    """The plan waits for a call that is in none of its branches, such as reading the documents."""
    plan = Plan(branches=(branch("b1", task("a")),))
    calls = (call("a", 4, 5), call("refresh", 0, 3, branch=""))
    assert path(plan, *calls) == ["refresh", "a"]
    rows = timeline(RunHistory(plan=plan, calls=calls, entered={})).rows
    assert [row.task for row in rows] == ["refresh", "a"]


def test_a_call_that_was_made_decides_not_its_replay() -> None:
    """A replayed call has the times of the one it repeats, and cost the run nothing."""
    plan = Plan(branches=(branch("b1", task("a"), task("b")),))
    made, again = call("b", 0, 5), replace(call("a", 0, 5), replayed=True)
    assert path(plan, again, made) == path(plan, made, again) == ["b"]
    assert path(plan, again) == ["a"], "a run that was resumed replays its own calls"


@pytest.mark.parametrize("outcome", [Outcome.STOPPED, Outcome.SKIPPED, Outcome.DENIED, Outcome.UNNEEDED])
def test_a_call_that_was_left_out_decides_nothing(outcome: Outcome) -> None:
    """What was never asked ends last when a run is stopped; the path ends with what was under way."""
    plan = Plan(branches=(branch("b1", task("a"), task("b", "a"), task("c")),))
    calls = (call("a", 0, 4), replace(call("b", 4.1, 4.2), outcome=outcome))
    assert path(plan, *calls) == ["a"]
    waited = replace(call("c", 0, 5, waited=5), outcome=Outcome.STOPPED)
    assert path(plan, *calls, waited) == ["c"], "standing in line is being under way"
    rows = timeline(RunHistory(plan=plan, calls=(*calls, waited), entered={})).rows
    assert [(row.task, row.asked) for row in rows] == [("a", True), ("c", True), ("b", False)]


def drawn() -> Timeline:
    plan = Plan(branches=(branch("b1", task("a")), branch("b2", task("b", fallbacks=1))))
    calls = (call("b~2", 4, 6, branch="b2", waited=1.5), call("b", 1, 3, branch="b2"), call("a", 2, 3))
    entered = {Phase.ORCHESTRATING: START + 1, Phase.INITIALIZING: START, Phase.VALIDATING: START + 7}
    return timeline(RunHistory(plan=plan, calls=calls, entered=entered, ended=START + 8))


def test_phases_follow_each_other() -> None:
    """A phase lasts until the next begins, the last until the run ended."""
    assert [(stage.phase, stage.start, stage.end) for stage in drawn().stages] == [
        (Phase.INITIALIZING, 0, 1),
        (Phase.ORCHESTRATING, 1, 7),
        (Phase.VALIDATING, 7, 8),
    ]
    assert drawn().wall == 8


def test_calls_stand_by_branch_then_by_time() -> None:
    """Each row counts from the run's first moment and says what its call was for, a fallback's too."""
    rows = drawn().rows
    assert [(row.branch, row.task, row.start, row.end) for row in rows] == [
        ("b1", "a", 2, 3),
        ("b2", "b", 1, 3),
        ("b2", "b~2", 4, 6),
    ]
    assert (rows[2].purpose, rows[2].waited) == ("look for b", 1.5)
    assert drawn().critical_seconds == pytest.approx(4)


def test_a_run_that_made_no_call_has_its_phases() -> None:
    """A refused or just begun run can be looked at; one that goes on ends with what is known."""
    begun = timeline(RunHistory(entered={Phase.INITIALIZING: START}))
    assert (begun.rows, begun.wall, begun.critical_seconds) == ((), 0, 0)
    assert [stage.end for stage in begun.stages] == [0]
    assert timeline(RunHistory(entered={})).stages == ()
