"""What the chat says of a run and its calls."""

from __future__ import annotations

from typing import Any

import pytest

from graph.events import CallRetried, CallStarted, Finished, Indexing, Noted, PhaseStarted
from graph.records import Outcome, Phase
from tests.ui.chat.run_view.modelled import finished, model_of, started
from ui.chat.run_view.event_reducer import reduce_event
from ui.chat.run_view.run_view_model import CallView
from ui.chat.run_view.run_view_words import (
    call_story,
    call_title,
    doing,
    line_story,
    note,
)
from ui.report.phase_words import OUTCOMES, PHASES


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


def call(**facts: Any) -> CallView:  # noqa: ANN401  # any field
    """Make a call of a tool."""
    return CallView(**{"task": "t", "tool": "search", "purpose": "", "line": "b1", **facts})


ENDED = {"outcome": Outcome.DONE, "seconds": 1.24}


@pytest.mark.parametrize(
    ("made", "title"),
    [
        (call(), "search"),
        (call(purpose="find\nit"), "search: find it"),
        (call(purpose="x" * 91), f"search: {'x' * 89}…"),
        (call(purpose="x" * 90), f"search: {'x' * 90}"),
        (call(**ENDED), "search: done, 1.2 s"),
        (call(**ENDED, found=2), "search: done, 2 found, 1.2 s"),
        (call(**ENDED, cost=5_000), "search: done, 1.2 s, $0.005"),
        (call(**ENDED, replayed=True), "search: done, 1.2 s, replayed"),
        (call(**ENDED, replayed=True, cached=True), "search: done, 1.2 s, from the cache"),
        (call(outcome=Outcome.SKIPPED), "search: skipped, 0.0 s"),
    ],
)
def test_a_title_names_the_tool_and_its_purpose_or_its_outcome(made: CallView, title: str) -> None:
    """A call under way says why it is made; an ended one says what came of it, and no more than that."""
    assert call_title(made) == title


@pytest.mark.parametrize(
    "outcome", [each for each in Outcome if each is not Outcome.HELD]
)  # no event announces a held call
def test_every_outcome_has_words(outcome: Outcome) -> None:
    """No outcome is shown by its name in the code alone."""
    assert call_title(call(outcome=outcome)) == f"search: {OUTCOMES[outcome]}, 0.0 s"


@pytest.mark.parametrize(
    ("made", "lines"),
    [
        (call(), ["- tool: search", "- under way"]),
        (call(seconds=3.0, cost=7), ["- tool: search", "- under way"]),
        (call(**ENDED), ["- tool: search", "- outcome: done", "- took 1.2 s", "- cost $0.00"]),
        (
            call(
                **ENDED, purpose="why", cost=5_000, found=2, attempts=3, retries=["busy"], detail="it is so"
            ),
            [
                "- why: why",
                "- tool: search",
                "- outcome: done",
                "- took 1.2 s",
                "- cost $0.005",
                "- found 2 passages",
                "- asked 3 times",
                "- busy",
                "- it is so",
            ],
        ),
        (call(attempts=1), ["- tool: search", "- under way"]),
        (call(attempts=2), ["- tool: search", "- under way", "- asked 2 times"]),
        (call(cached=True), ["- tool: search", "- under way", "- from the cache"]),
        (call(replayed=True), ["- tool: search", "- under way", "- completed before, not made again"]),
    ],
)
def test_a_story_holds_what_is_known_and_nothing_else(made: CallView, lines: list[str]) -> None:
    """Each fact is one line, in one order; what is not known yet has no line."""
    assert call_story(made).splitlines() == lines


@pytest.mark.parametrize(
    ("calls", "said"),
    [
        ([call()], "0 of 1 calls ended"),
        ([call(**ENDED), call()], "1 of 2 calls ended"),
        ([call(**ENDED, found=2), call(**ENDED, found=3)], "2 of 2 calls ended, 5 passages"),
        ([call(**ENDED, cost=4_000), call(cost=1_000)], "1 of 2 calls ended, $0.005"),
    ],
)
def test_a_line_of_inquiry_is_summed_up(calls: list[CallView], said: str) -> None:
    """Calls, passages and money are counted over all its calls; what is zero is left out."""
    assert line_story(calls) == said


def test_the_meter_says_what_the_run_does() -> None:
    """Before the first phase it starts; then the phase is named, with what is open; at the end it is done."""
    made = model_of()
    assert doing(made) == "Starting"
    reduce_event(made, PhaseStarted(phase=Phase.ORCHESTRATING))
    assert doing(made) == "Ask the sources"
    reduce_event(made, Indexing(done=3, total=3))
    assert doing(made) == "Ask the sources"
    reduce_event(made, started("b1.q1"))
    reduce_event(made, started("b1.q2"))
    assert doing(made) == "Ask the sources, 2 under way"
    reduce_event(made, finished("b1.q1"))
    assert doing(made) == "Ask the sources, 1 under way"
    reduce_event(made, Finished(report={}))
    assert doing(made) == "Done"


def test_every_phase_has_words() -> None:
    """The task list has a line for each phase."""
    assert list(PHASES) == list(Phase)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("asked before: attest show r1", "You asked this before, in run r1."),
        ("asked before: attest show r1 r2", "asked before: attest show r1 r2"),
        ("it was asked before: attest show r1", "it was asked before: attest show r1"),
    ],
)
def test_only_a_note_that_is_a_command_is_said_otherwise(text: str, said: str) -> None:
    """Words that only look like the command stay as they are."""
    assert note(text) == said
