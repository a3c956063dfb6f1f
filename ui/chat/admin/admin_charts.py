"""Choose the charts beside a table of the operator; what they show is in the words of the table too."""

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
class Chart:
    """Hold a figure and the name by which its newer state replaces it."""

    name: str
    figure: Figure


def of_costs(spent: Mapping[By, Sequence[Spent]]) -> tuple[Chart, ...]:
    """Return what was spent by tool, by model and by day."""
    return tuple(
        Chart(name=f"Spending by {by}", figure=spending(spent.get(by, ()), str(by))) for by in _SPENT
    )


def of_runs(runs: Sequence[RunRow]) -> tuple[Chart, ...]:
    """Return how many runs stand where."""
    return (Chart(name="Runs by status", figure=standing(run.status for run in runs)),)
