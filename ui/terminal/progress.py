"""Choose how to show a run, and write its progress as lines for a log or a pipe."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import Protocol, Self

from graph.events import Event, Indexing
from ui.terminal.event_words import EventWords
from ui.terminal.streams import is_terminal, tell

INDEXING_SECONDS = 5.0


class Progress(Protocol):
    """Show the events of a run; the context owns the terminal."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def show(self, event: Event) -> None:
        """Show an event."""


class PlainProgress:
    """Write a line for each event that matters, with the seconds since the start."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._started = clock()
        self._indexed = self._started
        self._wording = EventWords()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass

    def show(self, event: Event) -> None:
        """Show an event; the count of documents only every few seconds."""
        if isinstance(event, Indexing) and not self._is_due(last=event.done >= event.total):
            return
        for line in self._wording.lines(event):
            tell(f"{self._clock() - self._started:6.1f} s  {line}")

    def _is_due(self, *, last: bool) -> bool:
        now = self._clock()
        due = last or now - self._indexed >= INDEXING_SECONDS
        self._indexed = now if due else self._indexed
        return due


def make_progress() -> Progress:
    """Return live progress when a person watches stderr, plain lines otherwise."""
    if not is_terminal(sys.stderr):
        return PlainProgress(time.monotonic)
    from ui.terminal.progress_live import LiveProgress  # noqa: PLC0415  # rich is slow to import

    return LiveProgress()
