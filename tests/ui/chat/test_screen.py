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
from ui.chat.run_view.draft_text import unchecked
from ui.chat.run_view.event_reducer import SCREEN, show
from ui.chat.run_view.run_view_model import CONCLUDING, PREPARING, Board
from ui.chat.run_view.run_view_words import call_story, call_title, doing, line_story


def board(*events: Event) -> Board:
    made = Board(budget=1_000_000, deadline=0.0)
    for event in events:
        show(made, event)
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
    assert set(SCREEN) == set(get_args(Event))


def test_phases_move_on_and_end() -> None:
    """A phase that was left is past, and after the end none is under way."""
    made = board(PhaseStarted(phase=Phase.INITIALIZING), PhaseStarted(phase=Phase.ORCHESTRATING))
    assert (made.phase, made.past) == (Phase.ORCHESTRATING, [Phase.INITIALIZING])
    show(made, Finished(report={}))
    assert (made.phase, made.past) == (None, [Phase.INITIALIZING, Phase.ORCHESTRATING])


def test_a_phase_entered_again_is_not_past() -> None:
    """Gathering may send the run back to the sources: the list does not stutter."""
    made = board(PhaseStarted(phase=Phase.ORCHESTRATING), PhaseStarted(phase=Phase.ORCHESTRATING))
    assert made.past == []


def test_a_run_that_is_taken_up_goes_on_where_it_was() -> None:
    """The phases it had entered are past, the latest is under way."""
    made = board()
    made.go_on(iter([Phase.ORCHESTRATING, Phase.INITIALIZING]))
    assert (made.phase, made.past) == (Phase.ORCHESTRATING, [Phase.INITIALIZING])
    show(made, PhaseStarted(phase=Phase.SYNTHESIZING))
    assert set(made.past) == {Phase.INITIALIZING, Phase.ORCHESTRATING, Phase.VALIDATING}
    made.go_on([Phase.INITIALIZING])
    show(made, PhaseStarted(phase=Phase.MONITORING))
    assert made.past == [Phase.INITIALIZING], "a refusal skips phases, and they are not done"
    made.go_on([])
    assert (made.phase, made.past) == (None, [])


def test_calls_stand_under_their_line_of_inquiry() -> None:
    """A call goes below the question it serves, and so does its stand-in."""
    made = board(PhaseStarted(phase=Phase.ORCHESTRATING), started(), started("b1.q1~2"))
    made.settle({"b1.q1": ("b1", "Why?")})
    assert {call.line for call in made.calls.values()} == {"b1"}
    assert made.titles["b1"] == "Why?"
    assert not made.homeless


def test_calls_without_a_line_stand_by_the_phase() -> None:
    """What no line of inquiry asked for is part of getting ready, or of concluding."""
    made = board(PhaseStarted(phase=Phase.INITIALIZING), started("refresh"))
    show(made, PhaseStarted(phase=Phase.VALIDATING))
    show(made, started("read"))
    made.settle({})
    assert [call.line for call in made.calls.values()] == [PREPARING, CONCLUDING]


def test_money_counts_once() -> None:
    """A call that is replayed costs nothing again, and what was spent before the board counts."""
    made = Board(budget=1_000_000, deadline=0.0, costs={"b1.q1": 500})
    for event in (started(), finished(cost=500, replayed=True), started("b1.q2"), finished("b1.q2", cost=70)):
        show(made, event)
    assert made.spent == 570


def test_only_what_changed_is_painted() -> None:
    """A call that begins touches itself and the meter, and nothing else."""
    made = board(started())
    assert (made.touched, made.changed) == ({"b1.q1": made.heard}, {"meter"})


def test_a_call_tells_what_happened_to_it() -> None:
    """Retries, cache, cost and outcome are told in words."""
    retry = CallRetried(task="b1.q1", tool="documents.search", attempt=2, seconds=0.5, reason="busy")
    made = board(started(), retry, finished(cost=5000)).calls["b1.q1"]
    made.cached = True
    assert call_title(made) == "documents.search: done, 3 found, 0.2 s, $0.005, from the cache"
    for said in ("why: find passages", "attempt 2 in 0.5 s: busy", "cost $0.005", "from the cache"):
        assert said in call_story(made)
    assert line_story([made]) == "1 of 1 calls ended, 3 passages, $0.005"


def test_a_call_cannot_act_on_the_page() -> None:
    """What a tool says is shown as it is: no link, no image, no HTML comes alive."""
    said = "![x](https://e.org/p.png) <b>hi</b>"
    made = board(CallStarted(task="t", tool="search", purpose=said)).calls["t"]
    assert "![" not in call_story(made)
    assert "\\<b" in call_story(made)


def test_what_is_written_is_marked_and_disarmed() -> None:
    """A draft says that it is unchecked, and an image in it asks nobody for anything."""
    made = board(
        Written(text=Untrusted("See ![x](https://e.org/")), Written(text=Untrusted("p.png) **now**"))
    )
    shown = unchecked(made.written)
    assert shown.startswith("**Draft, not checked yet.**")
    assert "![x](" not in shown
    assert "**now**" in shown


def test_notes_and_documents_are_told() -> None:
    """A note is one line of its own, and the meter counts the documents that are read."""
    made = board(PhaseStarted(phase=Phase.INITIALIZING), Indexing(done=3, total=40), Noted(text="cut\nshort"))
    assert made.notes == ["cut short"]
    assert doing(made) == "Plan the research, reading documents 3 of 40"


def test_a_note_for_the_terminal_is_said_otherwise() -> None:
    """The chat names no command a person cannot type there."""
    assert board(Noted(text="asked before: attest show r1")).notes == ["You asked this before, in run r1."]


def test_plans_add_up() -> None:
    """What follow-ups may cost is added to what the plan may cost."""
    made = board(Planned(questions=("a",), estimate=10), Planned(questions=("b",), estimate=5))
    show(made, Waiting(kind="plan", question={}))
    assert made.estimate == 15
