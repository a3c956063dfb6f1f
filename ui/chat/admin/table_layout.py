"""Lay out the tables of an operator; every cell is text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from graph.caps import By, Spent
from graph.history import RunRow
from graph.records import Status
from graph.tool import ToolState
from guards.visible_text import one_line
from ui.operate.tool_listing import HEADINGS, cells_of
from ui.report.figures.standing import describe
from ui.terminal.event_words import dollars

_LATEST = 50
_KINDS = {By.USER: "user", By.TOOL: "tool", By.MODEL: "model", By.DAY: "day"}


@dataclass(frozen=True, slots=True, kw_only=True)
class AdminTable:
    """Hold a table: the name of its command, its caption, when it was made, and its cells.

    `numbers` are the columns aligned to the right, `summary` says in a line what the chart shows, `empty`
    stands in a table without rows.
    """

    name: str
    caption: str
    at: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()
    empty: str = "nothing"
    summary: str = ""

    def props(self) -> dict[str, Any]:
        """Return the table as JSON, every cell on one visible line."""
        shown = [[one_line(cell) for cell in row] for row in self.rows]
        return {**asdict(self), "rows": shown}


def status(runs: Sequence[RunRow], under_way: Iterable[str], now: float) -> AdminTable:
    """List the runs of this process, then the latest ones."""
    here = set(under_way)
    ordered = sorted(runs, key=lambda run: run.id not in here)[:_LATEST]
    return AdminTable(
        name="status",
        caption=f"Runs: {len(here)} under way in this process",
        at=_when(now),
        headings=("Run", "User", "Status", "Began", "Cap", "Question"),
        rows=tuple(_run(run, here) for run in ordered),
        numbers=(4,),
        empty="no run yet",
        summary=describe(run.status for run in runs),
    )


def approvals(runs: Iterable[RunRow], now: float) -> AdminTable:
    """List the runs that wait for a person, the longest wait first."""
    waiting = sorted((run for run in runs if run.status is Status.WAITING), key=lambda run: run.updated)
    return AdminTable(
        name="approvals",
        caption=f"Runs that wait for a person: {len(waiting)}",
        at=_when(now),
        headings=("Run", "User", "Waits since", "Minutes", "Question"),
        rows=tuple(
            (
                run.id,
                run.options.user,
                _when(run.updated),
                f"{max(0.0, now - run.updated) / 60:.0f}",
                run.question,
            )
            for run in waiting
        ),
        numbers=(3,),
        empty="no run waits",
    )


def costs(spent: Mapping[By, Sequence[Spent]], now: float) -> AdminTable:
    """List what was spent by user, tool, model and day."""
    rows = [
        (_KINDS[by], each.subject, str(each.calls), dollars(each.settled), dollars(each.reserved))
        for by in _KINDS
        for each in spent.get(by, ())
    ]
    return AdminTable(
        name="costs",
        caption="What was spent",
        at=_when(now),
        headings=("By", "Subject", "Paid calls", "Spent", "Reserved"),
        rows=tuple(rows),
        numbers=(2, 3, 4),
        empty="nothing was spent",
    )


def tools(states: Iterable[ToolState], now: float) -> AdminTable:
    """List the tools with their states."""
    return AdminTable(
        name="tools",
        caption="Tools",
        at=_when(now),
        headings=tuple(heading.capitalize() for heading in HEADINGS),
        rows=tuple(cells_of(state, now) for state in states),
        numbers=(3,),
    )


def _run(run: RunRow, here: set[str]) -> tuple[str, ...]:
    stands = "under way here" if run.id in here else str(run.status)
    return (run.id, run.options.user, stands, _when(run.created), dollars(run.options.budget), run.question)


def _when(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M:%S} UTC"
