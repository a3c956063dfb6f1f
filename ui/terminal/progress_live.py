"""Show the progress of a run to a person at a terminal."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TYPE_CHECKING, Self

from rich.console import Console
from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Display
from rich.table import Column
from rich.text import Text

from graph.events import CallFinished, CallStarted, Event, Indexing, PhaseStarted
from guards.visible_text import one_line
from ui.catalogue import _
from ui.report.phase_words import PHASES
from ui.terminal.event_words import EventWords

if TYPE_CHECKING:
    from rich.progress import TaskID


class LiveProgress:
    """Show running calls on the last lines, and finished ones above them."""

    def __init__(self) -> None:
        console = Console(file=sys.stderr, markup=False, emoji=False, highlight=False)
        self._display = Display(
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False, table_column=Column(no_wrap=True)),
            BarColumn(bar_width=24),
            TimeElapsedColumn(),
            console=console,
            transient=True,
        )
        self._wording = EventWords()
        self._current: TaskID | None = None
        self._documents: TaskID | None = None
        self._open: set[str] = set()
        self._name = ""

    def __enter__(self) -> Self:
        self._display.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._leave()
        self._current = None
        self._display.stop()

    def show(self, event: Event) -> None:
        """Show an event."""
        match event:
            case PhaseStarted(phase=phase):
                self._enter(_(PHASES[phase]))
            case Indexing():
                self._index(event)
            case CallStarted(task=task):
                self._open.add(task)
            case CallFinished(task=task):
                self._open.discard(task)
        if not isinstance(event, PhaseStarted | Indexing):
            self._print(event)
        self._describe()

    def _enter(self, name: str) -> None:
        self._leave()
        self._name = name
        self._current = self._display.add_task(name, total=None)

    def _leave(self) -> None:
        for task in self._display.tasks:
            if task.id == self._current:
                line = f"{self._name} {task.elapsed or 0.0:.1f} s"
                self._display.console.print(Text(line, style="dim"))
                self._display.remove_task(task.id)

    def _index(self, event: Indexing) -> None:
        if self._documents is None:
            self._documents = self._display.add_task("", total=event.total)
        said = _("reading documents {done} of {total}").format(done=event.done, total=event.total)
        count = f"{said} {one_line(event.part)}".rstrip()
        self._display.update(self._documents, description=count, completed=event.done, total=event.total)
        if event.done >= event.total:
            self._display.remove_task(self._documents)
            self._documents = None
            self._print(event)

    def _print(self, event: Event) -> None:
        for line in self._wording.lines(event):
            self._display.console.print(Text(line), soft_wrap=True)

    def _describe(self) -> None:
        if self._current is not None:
            waiting = " — " + _("{number} under way").format(number=len(self._open)) if self._open else ""
            self._display.update(self._current, description=f"{self._name}{waiting}")
