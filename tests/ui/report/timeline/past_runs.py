"""Runs of the past, to draw: one with everything in it, and any there could be."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from graph.records import Argument, Branch, Call, Outcome, Phase, Plan, Task
from graph.report.timeline import RunHistory, Timeline, timeline

START = 1_767_323_045.0
ANYTHING = st.text()


def call(name: str, started: float, ended: float, outcome: Outcome = Outcome.DONE) -> Call:
    return Call(
        task=name,
        branch=name.partition(".")[0],
        tool="web.one",
        outcome=outcome,
        started=START + started,
        ended=START + ended,
        attempts=0 if outcome is Outcome.SKIPPED else 1,
    )


def planned(*names: str, purpose: str = "find it") -> Plan:
    tasks = [
        Task(id=name, tool="web.one", purpose=purpose, arguments={}, fallbacks=("web.two",)) for name in names
    ]
    return Plan(
        branches=tuple(
            Branch(id=task.id[:2], root=task.id[:2], question=Argument(value="q"), tasks=(task,))
            for task in tasks
        )
    )


PAST = RunHistory(
    plan=planned("b1.q1", "b2.q1"),
    calls=(
        replace(call("b1.q1", 1, 4), waited=1.0),
        call("b1.q1~2", 4, 8, Outcome.FAILED),
        replace(call("b2.q1", 1, 2), cached=True),
        call("b2.q1~2", 2, 2, Outcome.SKIPPED),
    ),
    entered={
        Phase.INITIALIZING: START,
        Phase.ORCHESTRATING: START + 1,
        Phase.VALIDATING: START + 8,
        Phase.MONITORING: START + 10,
    },
    ended=START + 10,
)


@st.composite
def drawings(draw: st.DrawFn, purposes: st.SearchStrategy[str] = ANYTHING) -> Timeline:
    """Draw up a timeline of any calls whatever, of a run that may go on."""
    times = st.floats(0, 5) | st.floats(0, 1e6)
    calls = [
        replace(
            call(f"b{at}.q1", draw(times), draw(times), draw(st.sampled_from(Outcome))), waited=draw(times)
        )
        for at in range(draw(st.integers(0, 5)))
    ]
    entered = {phase: START + draw(times) for phase in draw(st.sets(st.sampled_from(Phase)))}
    plan = planned(*(made.task for made in calls), purpose=draw(purposes))
    return timeline(RunHistory(plan=plan, calls=tuple(calls), entered=entered))
