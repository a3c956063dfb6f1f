"""An application that does what a test tells it, instead of research."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from graph import installation
from graph.config.settings import Settings
from graph.errors import Refused
from graph.events import (
    CallFinished,
    CallStarted,
    Event,
    Finished,
    Indexing,
    Noted,
    PhaseStarted,
    Planned,
    Waiting,
)
from graph.history import RunRow
from graph.options import Options
from graph.records import Outcome, Phase, Status, source_id
from graph.report.timeline import RunHistory
from graph.run.application import Application
from graph.run.executor import Events
from graph.tool import ToolState
from graph.untrusted import Untrusted
from guards.claims.sealed_report import AuditEntry
from tests.ui.report import examples
from ui.commands import ask

HANGS = Path("hangs")
"""The file that an application makes when it begins to hang."""
AN_HOUR = 3_600.0
RUN_ID = "20260102-030405-abcdef"
PLAN: dict[str, Any] = {
    "branches": [
        {
            "id": "b1",
            "root": "b1",
            "question": "Which plant opened first?",
            "hop": 0,
            "tasks": [
                {
                    "id": "t1",
                    "tool": "documents.search",
                    "purpose": "find the openings",
                    "arguments": {"query": "plant opened", "limit": 12},
                    "needs": [],
                    "estimate_usd": "0.00",
                }
            ],
        }
    ]
}
QUESTION: dict[str, object] = {
    "kind": "plan",
    "plan": PLAN,
    "estimate_usd": "0.00",
    "choices": ["approve", "edit", "reject"],
}
WAITING = Waiting(kind="plan", question=QUESTION)
PROGRESS: tuple[Event, ...] = (
    PhaseStarted(phase=Phase.INITIALIZING),
    Indexing(done=1, total=40),
    Indexing(done=40, total=40),
    Planned(questions=("Which plant opened first?",), estimate=0),
    PhaseStarted(phase=Phase.ORCHESTRATING),
    CallStarted(task="t1", tool="documents.search", purpose="find \x1b[31mred"),
    CallFinished(
        task="t1",
        tool="documents.search",
        outcome=Outcome.DONE,
        seconds=0.25,
        cost=1500,
        found=3,
        detail="",
        replayed=False,
    ),
    Noted(text="one file could not be read: [bold]x[/bold] \x1b]0;title\x07"),
)


def finished(status: str = "answered") -> Finished:
    """End a run with the example report."""
    report = {**examples.report(), "status": status}
    examples.chain(report)
    return Finished(report=report)


def row(status: Status, report: dict[str, object] | None = None, run_id: str = RUN_ID) -> RunRow:
    """Store a run."""
    return RunRow(
        id=run_id,
        question="Which plant opened first?",
        options=Options(),
        status=status,
        created=1_767_323_045.0,
        updated=1_767_323_046.0,
        report=report,
    )


def _block() -> None:
    HANGS.touch()
    time.sleep(AN_HOUR)


@dataclass
class FakeApp(Application):
    """Yield the events it was given, then do what `then` says; remember what it was asked."""

    events: tuple[Event, ...] = (*PROGRESS, finished())
    then: BaseException | str = ""
    rows: list[RunRow] = field(default_factory=list)
    asked: list[tuple[Any, ...]] = field(default_factory=list)
    past: RunHistory = field(default_factory=lambda: RunHistory(entered={}))
    known: tuple[ToolState, ...] = ()
    deciders: list[str] = field(default_factory=list)

    async def run(
        self, question: str, options: Options, *, run_id: str | None = None, most: int | None = None
    ) -> Events:
        """Remember the question and play the events."""
        self.asked.append((question, options, run_id))
        self.rows.append(row(Status.RUNNING, run_id=run_id or RUN_ID))
        async for event in self._play():
            yield event

    async def resume(
        self,
        run_id: str,
        decision: Mapping[str, Any] | None = None,
        *,
        budget: int | None = None,
        most: int | None = None,
        by: str = "",
    ) -> Events:
        """Remember the decision, or the budget, and play the events."""
        self.deciders.append(by)
        self.asked.append((run_id, decision if budget is None else {**(decision or {}), "budget": budget}))
        async for event in self._play():
            yield event

    async def end(self, run_id: str, by: str = "") -> Events:
        """Remember that it was ended and play the events."""
        self.deciders.append(by)
        self.asked.append((run_id, "end"))
        async for event in self._play():
            yield event

    async def decided(self, run_id: str) -> str:
        """Say who decided last, as far as this fake knows."""
        return f"nobody decided {run_id}"

    async def pending(self, run_id: str) -> dict[str, Any] | None:
        """Return the plan of a run that waits."""
        return dict(QUESTION) if any(r.id == run_id and r.status == "waiting" for r in self.rows) else None

    async def texts(self, ids: list[str]) -> Mapping[str, Untrusted]:
        """Return the texts of the example report."""
        stored = {source_id(text): Untrusted(text) for text in (examples.ALPHA, examples.BETA)}
        return {id_: stored[id_] for id_ in ids if id_ in stored}

    async def answerable(self, run_id: str, questions: Sequence[str]) -> tuple[str, ...]:
        """Answer every question."""
        return tuple(questions)

    async def chain(self, run_id: str) -> tuple[AuditEntry, ...]:
        """Return the chain that seals the report of a run."""
        ended = [event.report for event in self.events if isinstance(event, Finished)]
        reports = [row.report for row in self.rows if row.id == run_id and row.report] or ended
        return examples.chain(dict(reports[-1])) if reports else ()

    async def history(self, run_id: str) -> RunHistory:
        """Return the past it was given."""
        self.asked.append((run_id,))
        return self.past

    async def row(self, run_id: str) -> RunRow:
        """Return a row it was given."""
        found = next((row for row in self.rows if row.id == run_id), None)
        if found is None:
            raise Refused(f"there is no run {run_id}: see attest runs")
        return found

    def stop(self, run_id: str) -> None:
        """Hear that a run shall end."""
        self.asked.append((run_id, "stop"))

    async def stored(self, run_id: str) -> RunRow | None:
        """Return a row it was given."""
        return next((row for row in self.rows if row.id == run_id), None)

    async def asked_by(self, asker: str, limit: int, before: tuple[float, str] | None = None) -> list[RunRow]:
        """Return the rows of a person."""
        return [row for row in self.rows if row.options.user == asker][:limit]

    async def tally(self) -> Mapping[Status, int]:
        """Count the rows."""
        return Counter(row.status for row in self.rows)

    async def check(self) -> None:
        """Find nothing wrong."""

    async def tools(self) -> tuple[ToolState, ...]:
        """Return the tools it was given."""
        return self.known

    async def _play(self) -> Events:
        for event in self.events:
            yield event
        if isinstance(self.then, BaseException):
            raise self.then
        if self.then == "hang":
            await asyncio.to_thread(HANGS.touch)
            await asyncio.sleep(AN_HOUR)
        if self.then == "block":
            await asyncio.to_thread(_block)

    def replace(self, monkeypatch: pytest.MonkeyPatch) -> FakeApp:
        """Put this application where the commands look for one."""

        @asynccontextmanager
        async def open_app(_: Settings) -> AsyncIterator[FakeApp]:
            yield self

        monkeypatch.setattr(installation, "open_app", open_app)
        monkeypatch.setattr(installation, "list_runs", lambda _, limit=1_000: self.rows[:limit])
        monkeypatch.setattr(ask, "new_run_id", lambda _: RUN_ID)
        return self
