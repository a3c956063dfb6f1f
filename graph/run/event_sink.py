"""Carry what nodes and tools announce to whoever listens to their run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from langgraph.config import get_stream_writer

from graph.events import Announce, Event

_LISTENER: ContextVar[Announce | None] = ContextVar("listener", default=None)


@contextmanager
def listening(listener: Announce) -> Iterator[None]:
    """Hear what is announced in this context and in the tasks it starts.

    LangGraph's own custom stream wakes the loop through a socket for every event: a seventh of a run's CPU.
    """
    token = _LISTENER.set(listener)
    try:
        yield
    finally:
        _LISTENER.reset(token)


def announce(event: Event) -> None:
    """Tell the listener; where there is none, as in Studio, the custom stream of the graph."""
    (_LISTENER.get() or get_stream_writer())(event)
