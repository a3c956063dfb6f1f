"""What a model of a run holds."""

from __future__ import annotations

from graph.events import PhaseStarted
from graph.records import Phase
from tests.ui.chat.run_view.modelled import model_of, started
from ui.chat.run_view.event_reducer import reduce_event
from ui.chat.run_view.run_view_model import CONCLUDING, PREPARING


def test_a_run_that_is_taken_up_goes_on_where_it_was() -> None:
    """The phases it had entered are past, the latest is under way."""
    made = model_of()
    made.resume_from(iter([Phase.ORCHESTRATING, Phase.INITIALIZING]))
    assert (made.phase, made.completed) == (Phase.ORCHESTRATING, [Phase.INITIALIZING])
    reduce_event(made, PhaseStarted(phase=Phase.SYNTHESIZING))
    assert set(made.completed) == {Phase.INITIALIZING, Phase.ORCHESTRATING, Phase.VALIDATING}
    made.resume_from([Phase.INITIALIZING])
    reduce_event(made, PhaseStarted(phase=Phase.MONITORING))
    assert made.completed == [Phase.INITIALIZING], "a refusal skips phases, and they are not done"
    made.resume_from([])
    assert (made.phase, made.completed) == (None, [])


def test_calls_stand_under_their_line_of_inquiry() -> None:
    """A call goes below the question it serves, and so does its stand-in."""
    made = model_of(PhaseStarted(phase=Phase.ORCHESTRATING), started(), started("b1.q1~2"))
    made.place_calls({"b1.q1": ("b1", "Why?")})
    assert {call.line for call in made.calls.values()} == {"b1"}
    assert made.titles["b1"] == "Why?"
    assert not made.unplaced


def test_calls_without_a_line_stand_by_the_phase() -> None:
    """What no line of inquiry asked for is part of getting ready, or of concluding."""
    made = model_of(PhaseStarted(phase=Phase.INITIALIZING), started("refresh"))
    reduce_event(made, PhaseStarted(phase=Phase.VALIDATING))
    reduce_event(made, started("read"))
    made.place_calls({})
    assert [call.line for call in made.calls.values()] == [PREPARING, CONCLUDING]


def test_only_what_changed_is_rendered() -> None:
    """A call that begins touches itself and the meter, and nothing else."""
    made = model_of(started())
    assert (made.changed_calls, made.changed) == ({"b1.q1": made.heard}, {"meter"})
