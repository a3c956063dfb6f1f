"""Each event changes the model of a run."""

from __future__ import annotations

from typing import get_args

from graph.events import (
    Event,
    Finished,
    PhaseStarted,
    Planned,
    Waiting,
)
from graph.records import Phase
from tests.ui.chat.run_view.modelled import finished, model_of, started
from ui.chat.run_view.event_reducer import REDUCERS, reduce_event
from ui.chat.run_view.run_view_model import RunViewModel


def test_every_event_has_a_meaning_on_the_screen() -> None:
    """No event of a run is forgotten, and none is in the table that does not exist."""
    assert set(REDUCERS) == set(get_args(Event))


def test_phases_move_on_and_end() -> None:
    """A phase that was left is past, and after the end none is under way."""
    made = model_of(PhaseStarted(phase=Phase.INITIALIZING), PhaseStarted(phase=Phase.ORCHESTRATING))
    assert (made.phase, made.completed) == (Phase.ORCHESTRATING, [Phase.INITIALIZING])
    reduce_event(made, Finished(report={}))
    assert (made.phase, made.completed) == (None, [Phase.INITIALIZING, Phase.ORCHESTRATING])


def test_a_phase_entered_again_is_not_past() -> None:
    """Gathering may send the run back to the sources: the list does not stutter."""
    made = model_of(PhaseStarted(phase=Phase.ORCHESTRATING), PhaseStarted(phase=Phase.ORCHESTRATING))
    assert made.completed == []


def test_money_counts_once() -> None:
    """A call that is replayed costs nothing again, and what was spent before the model counts."""
    made = RunViewModel(budget=1_000_000, deadline=0.0, costs={"b1.q1": 500})
    for event in (started(), finished(cost=500, replayed=True), started("b1.q2"), finished("b1.q2", cost=70)):
        reduce_event(made, event)
    assert made.spent == 570


def test_plans_add_up() -> None:
    """What follow-ups may cost is added to what the plan may cost."""
    made = model_of(Planned(questions=("a",), estimate=10), Planned(questions=("b",), estimate=5))
    reduce_event(made, Waiting(kind="plan", question={}))
    assert made.estimate == 15
