"""Make models of a run out of events."""

from __future__ import annotations

from graph.events import CallFinished, CallStarted, Event
from graph.records import Outcome
from ui.chat.run_view.event_reducer import reduce_event
from ui.chat.run_view.run_view_model import RunViewModel


def model_of(*events: Event) -> RunViewModel:
    """Apply events to a new model."""
    made = RunViewModel(budget=1_000_000, deadline=0.0)
    for event in events:
        reduce_event(made, event)
    return made


def started(task: str = "b1.q1") -> CallStarted:
    """Begin a call."""
    return CallStarted(task=task, tool="documents.search", purpose="find passages")


def finished(task: str = "b1.q1", *, cost: int = 0, replayed: bool = False) -> CallFinished:
    """End a call."""
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
