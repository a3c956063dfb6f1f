"""Events on the board of the screen."""

from __future__ import annotations

from typing import get_args

from graph.events import (
    CallFinished,
    CallRetried,
    CallStarted,
    Event,
    Finished,
    Indexing,
    Noted,
    PhaseStarted,
    Planned,
    Waiting,
    Written,
)
from graph.records import Outcome, Phase
from graph.untrusted import Untrusted
from ui.chat.run_view.draft_text import draft_markdown
from ui.chat.run_view.event_reducer import REDUCERS, reduce_event
from ui.chat.run_view.run_view_model import CONCLUDING, PREPARING, RunViewModel
from ui.chat.run_view.run_view_words import call_story, call_title, doing, line_story


def model_of(*events: Event) -> RunViewModel:
    made = RunViewModel(budget=1_000_000, deadline=0.0)
    for event in events:
        reduce_event(made, event)
    return made


def started(task: str = "b1.q1") -> CallStarted:
    return CallStarted(task=task, tool="documents.search", purpose="find passages")


def finished(task: str = "b1.q1", *, cost: int = 0, replayed: bool = False) -> CallFinished:
    return CallFinished(
        task=task,
        tool="documents.search",
        outcome=Outcome.DONE,
        seconds=0.25,
        cost=cost,
        found=3,
        detail="",
        replayed=replayed,
    )


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


def test_money_counts_once() -> None:
    """A call that is replayed costs nothing again, and what was spent before the board counts."""
    made = RunViewModel(budget=1_000_000, deadline=0.0, costs={"b1.q1": 500})
    for event in (started(), finished(cost=500, replayed=True), started("b1.q2"), finished("b1.q2", cost=70)):
        reduce_event(made, event)
    assert made.spent == 570


def test_only_what_changed_is_painted() -> None:
    """A call that begins touches itself and the meter, and nothing else."""
    made = model_of(started())
    assert (made.changed_calls, made.changed) == ({"b1.q1": made.heard}, {"meter"})


def test_a_call_tells_what_happened_to_it() -> None:
    """Retries, cache, cost and outcome are told in words."""
    retry = CallRetried(task="b1.q1", tool="documents.search", attempt=2, seconds=0.5, reason="busy")
    made = model_of(started(), retry, finished(cost=5000)).calls["b1.q1"]
    made.cached = True
    assert call_title(made) == "documents.search: done, 3 found, 0.2 s, $0.005, from the cache"
    for said in ("why: find passages", "attempt 2 in 0.5 s: busy", "cost $0.005", "from the cache"):
        assert said in call_story(made)
    assert line_story([made]) == "1 of 1 calls ended, 3 passages, $0.005"


def test_a_call_cannot_act_on_the_page() -> None:
    """What a tool says is shown as it is: no link, no image, no HTML comes alive."""
    said = "![x](https://e.org/p.png) <b>hi</b>"
    made = model_of(CallStarted(task="t", tool="search", purpose=said)).calls["t"]
    assert "![" not in call_story(made)
    assert "\\<b" in call_story(made)


def test_what_is_written_is_marked_and_disarmed() -> None:
    """A draft says that it is draft_markdown, and an image in it asks nobody for anything."""
    made = model_of(
        Written(text=Untrusted("See ![x](https://e.org/")), Written(text=Untrusted("p.png) **now**"))
    )
    shown = draft_markdown(made.written)
    assert shown.startswith("**Draft, not checked yet.**")
    assert "![x](" not in shown
    assert "**now**" in shown


def test_notes_and_documents_are_told() -> None:
    """A note is one line of its own, and the meter counts the documents that are read."""
    made = model_of(
        PhaseStarted(phase=Phase.INITIALIZING), Indexing(done=3, total=40), Noted(text="cut\nshort")
    )
    assert made.notes == ["cut short"]
    assert doing(made) == "Plan the research, reading documents 3 of 40"


def test_a_note_for_the_terminal_is_said_otherwise() -> None:
    """The chat names no command a person cannot type there."""
    assert model_of(Noted(text="asked before: attest show r1")).notes == ["You asked this before, in run r1."]


def test_plans_add_up() -> None:
    """What follow-ups may cost is added to what the plan may cost."""
    made = model_of(Planned(questions=("a",), estimate=10), Planned(questions=("b",), estimate=5))
    reduce_event(made, Waiting(kind="plan", question={}))
    assert made.estimate == 15
