"""Apply each event of a run to the model of its view."""

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
from guards.visible_text import one_line
from ui.chat.run_view.run_view_model import CallView, RunViewModel, before
from ui.chat.run_view.run_view_words import note


def reduce_event(model: RunViewModel, event: Event) -> None:
    """Apply an event to the model."""
    REDUCERS[type(event)](model, event)


def _enter(model: RunViewModel, event: PhaseStarted) -> None:
    """Advance the task list; a resumed run may enter a phase again."""
    if model.phase is not None and model.phase is not event.phase:
        model.completed.append(model.phase)
    if model.resumed and event.phase is not Phase.MONITORING:
        # A phase entered right before a kill is not announced again. A refusal skips to the last phase.
        model.completed += [phase for phase in before(event.phase) if phase not in model.completed]
    model.phase = event.phase
    model.changed |= {"phases", "meter"}


def _count(model: RunViewModel, event: Indexing) -> None:
    model.indexed = (event.done, event.total)
    model.changed.add("meter")


def _plan(model: RunViewModel, event: Planned) -> None:
    model.estimate += event.estimate
    model.changed.add("meter")


def _start(model: RunViewModel, event: CallStarted) -> None:
    known = model.calls.get(event.task)
    if known is None or known.outcome is not None:
        model.calls[event.task] = CallView(
            task=event.task,
            tool=event.tool,
            purpose=event.purpose,
            line=known.line if known else model.default_line,
        )
    if known is None and model.phase is Phase.ORCHESTRATING:
        model.unplaced.add(event.task)
    model.mark_changed(event.task)


def _retry(model: RunViewModel, event: CallRetried) -> None:
    if call := model.calls.get(event.task):
        said = f"attempt {event.attempt} in {event.seconds:.1f} s: {one_line(event.reason)}"
        call.retries.append(said)
        model.mark_changed(event.task)


def _finish(model: RunViewModel, event: CallFinished) -> None:
    if event.task not in model.calls:
        _start(model, CallStarted(task=event.task, tool=event.tool, purpose=""))
    call = model.calls[event.task]
    call.outcome, call.seconds, call.cost, call.found = event.outcome, event.seconds, event.cost, event.found
    call.detail, call.attempts = event.detail, event.attempts
    call.replayed, call.cached = event.replayed, event.cached
    if not event.replayed:
        model.costs[event.task] = event.cost
    model.mark_changed(event.task)


def _write(model: RunViewModel, event: Written) -> None:
    model.written.append(event.text)
    model.changed.add("written")


def _note(model: RunViewModel, event: Noted) -> None:
    model.notes.append(note(event.text))
    model.changed.add("notes")


def _pause(model: RunViewModel, _: Waiting) -> None:
    model.changed.add("meter")


def _end(model: RunViewModel, _: Finished) -> None:
    model.end()


REDUCERS: Mapping[type[Event], Callable[[RunViewModel, Any], None]] = {
    PhaseStarted: _enter,  # the task list advances
    Indexing: _count,  # the meter counts documents
    Planned: _plan,  # the meter shows the estimate
    CallStarted: _start,  # a step opens under its line of inquiry
    CallRetried: _retry,  # the step shows the retry and its reason
    CallFinished: _finish,  # the step closes; the meter adds its cost
    Written: _write,  # the draft grows, marked as unchecked
    Noted: _note,  # a line of its own
    Waiting: _pause,  # a card follows
    Finished: _end,  # every phase is complete; the report follows
}
"""The reducer of each kind of event."""
