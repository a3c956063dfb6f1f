"""What each event means on the screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

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
from graph.records import Phase
from ui.chat.run_view.run_view_model import Board, CallView, before
from ui.chat.run_view.run_view_words import note
from ui.terminal.visible_text import one_line


def show(board: Board, event: Event) -> None:
    """Put an event on the board."""
    SCREEN[type(event)](board, event)


def _enter(board: Board, event: PhaseStarted) -> None:
    """Move on in the task list; a resumed run may enter a phase again."""
    if board.phase is not None and board.phase is not event.phase:
        board.past.append(board.phase)
    if board.taken_up and event.phase is not Phase.MONITORING:
        # A phase that was entered right before a kill is not told again; a refusal skips to the last.
        board.past += [phase for phase in before(event.phase) if phase not in board.past]
    board.phase = event.phase
    board.changed |= {"phases", "meter"}


def _count(board: Board, event: Indexing) -> None:
    board.reading = (event.done, event.total)
    board.changed.add("meter")


def _plan(board: Board, event: Planned) -> None:
    board.estimate += event.estimate
    board.changed.add("meter")


def _start(board: Board, event: CallStarted) -> None:
    known = board.calls.get(event.task)
    if known is None or known.outcome is not None:
        board.calls[event.task] = CallView(
            task=event.task, tool=event.tool, purpose=event.purpose, line=known.line if known else board.aside
        )
    if known is None and board.phase is Phase.ORCHESTRATING:
        board.homeless.add(event.task)
    board.touch(event.task)


def _retry(board: Board, event: CallRetried) -> None:
    if call := board.calls.get(event.task):
        said = f"attempt {event.attempt} in {event.seconds:.1f} s: {one_line(event.reason)}"
        call.retries.append(said)
        board.touch(event.task)


def _finish(board: Board, event: CallFinished) -> None:
    if event.task not in board.calls:
        _start(board, CallStarted(task=event.task, tool=event.tool, purpose=""))
    call = board.calls[event.task]
    call.outcome, call.seconds, call.cost, call.found = event.outcome, event.seconds, event.cost, event.found
    call.detail, call.attempts = event.detail, event.attempts
    call.replayed, call.cached = event.replayed, event.cached
    if not event.replayed:
        board.costs[event.task] = event.cost
    board.touch(event.task)


def _write(board: Board, event: Written) -> None:
    board.written.append(event.text)
    board.changed.add("written")


def _note(board: Board, event: Noted) -> None:
    board.notes.append(note(event.text))
    board.changed.add("notes")


def _pause(board: Board, _: Waiting) -> None:
    board.changed.add("meter")


def _end(board: Board, _: Finished) -> None:
    board.ended()


SCREEN: Mapping[type[Event], Callable[[Board, Any], None]] = {
    PhaseStarted: _enter,  # the task list moves on
    Indexing: _count,  # the meter counts documents
    Planned: _plan,  # the meter knows what it may cost
    CallStarted: _start,  # a step opens under its line of inquiry
    CallRetried: _retry,  # the step says it is asked again, and why
    CallFinished: _finish,  # the step closes; the meter has its cost
    Written: _write,  # the answer streams, marked as unchecked
    Noted: _note,  # a line of its own
    Waiting: _pause,  # a card follows
    Finished: _end,  # every phase is done; the report follows
}
"""Each event, and what it does to the board."""
