"""Draw how many runs have each status."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from graph.records import Status
from ui.report.figures.canvas import BLUE, GREEN, GRID, ORANGE, PURPLE, RED, Figure, figure, label, notice

TITLE = "Runs by status"
NOTHING = "No run yet."
_COLOURS = {
    Status.RUNNING: BLUE,
    Status.WAITING: PURPLE,
    Status.ANSWERED: GREEN,
    Status.PARTLY: ORANGE,
    Status.UNANSWERED: ORANGE,
    Status.UNREACHED: RED,
    Status.NO_DOCUMENTS: ORANGE,
    Status.REFUSED: RED,
    Status.STOPPED: ORANGE,
}
_ROW, _FRAME = 28, 130


def standing(runs: Iterable[Status]) -> Figure:
    """Return a bar for each status that a run has, with the number of its runs."""
    counts = Counter(runs)
    known = [status for status in Status if counts[status]]
    if not known:
        return notice(TITLE, NOTHING)
    bar = {
        "type": "bar",
        "orientation": "h",
        "y": [label(status) for status in known],
        "x": [counts[status] for status in known],
        "marker": {"color": [_COLOURS[status] for status in known]},
        "hovertext": [f"{label(status)}: {counts[status]}" for status in known],
        "hoverinfo": "text",
    }
    return figure(
        [bar],
        TITLE,
        _FRAME + _ROW * len(known),
        xaxis={"title": {"text": "runs"}, "rangemode": "tozero", "gridcolor": GRID, "tickformat": "d"},
        yaxis={"autorange": "reversed", "automargin": True, "type": "category"},
    )


def describe(runs: Iterable[Status]) -> str:
    """Return the same as one sentence."""
    counts = Counter(runs)
    said = ", ".join(f"{counts[status]} {status}" for status in Status if counts[status])
    return f"{said}." if said else NOTHING
