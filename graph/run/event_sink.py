"""Pass the events of a run to its listener, and the steps of its calls to its trace."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

from langgraph.config import get_stream_writer
from langsmith import get_current_run_tree

from graph.events import Announce, Event

_LISTENER: ContextVar[Announce | None] = ContextVar("listener", default=None)


@contextmanager
def listening(listener: Announce) -> Iterator[None]:
    """Pass the events of this context, and of the tasks it starts, to a listener.

    LangGraph's own custom stream wakes the loop through a socket for every event: a seventh of a run's CPU.
    """
    token = _LISTENER.set(listener)
    try:
        yield
    finally:
        _LISTENER.reset(token)


def announce(event: Event) -> None:
    """Pass an event to the listener, or without one, as in Studio, to the custom stream of the graph."""
    (_LISTENER.get() or get_stream_writer())(event)


def trace_step(tool: str, step: str) -> None:
    """Add to the trace that a call of a tool begins a step; without a trace, do nothing."""
    if span := get_current_run_tree():
        span.add_event({"name": f"{tool}: {step}", "time": datetime.now(UTC).isoformat()})
