"""Make the charts beside a table; the table says the same in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.caps import By, Spent
from graph.history import RunRow
from ui.report.figures.canvas import Figure
from ui.report.figures.spending import spending
from ui.report.figures.standing import standing

_SPENT = (By.TOOL, By.MODEL, By.DAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class AdminChart:
    """Hold a figure and its name; a later figure of the same name replaces it."""

    name: str
    figure: Figure


def cost_charts(spent: Mapping[By, Sequence[Spent]]) -> tuple[AdminChart, ...]:
    """Return what was spent by tool, by model and by day."""
    return tuple(
        AdminChart(name=f"Spending by {by}", figure=spending(spent.get(by, ()), str(by))) for by in _SPENT
    )


def run_charts(runs: Sequence[RunRow]) -> tuple[AdminChart, ...]:
    """Return the number of runs by status."""
    return (AdminChart(name="Runs by status", figure=standing(run.status for run in runs)),)
