"""Draw the calls of a run in time: a bar for each, its wait lighter, the critical path outlined."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from graph.report.timeline import Stage, Timeline, TimelineRow
from guards.budget import usd
from ui.report.figures.canvas import (
    BAND,
    BLUE,
    CLEAR,
    GREEN,
    GRID,
    INK,
    MARK,
    PALE,
    RED,
    Figure,
    figure,
    label,
    markdown_table,
    notice,
)
from ui.report.timeline.timeline_words import FAILED, ending, seconds, summary

TITLE = "When the calls were made"
NOTHING = "No calls were made in this run."
_ROW, _FRAME, _LABEL = 26, 150, 34
_LEAST_SHARE = 0.12
"""A phase narrower than this share of the run has no room for its name."""
_KINDS = {
    "ran": ("ran", BLUE),
    "ready": ("cached or replayed", GREEN),
    "failed": ("failed, denied or stopped", RED),
}


def gantt(drawn: Timeline) -> Figure:
    """Return the timeline of a run; the scale is in seconds from its first moment."""
    if not drawn.rows:
        return notice(TITLE, NOTHING)
    asked = [(at, row) for at, row in enumerate(drawn.rows) if row.asked]
    bars = [_bars(kind, [(at, row) for at, row in asked if _kind(row) == kind]) for kind in _KINDS]
    waits = [(at, row) for at, row in asked if row.waited]
    traces = [
        _waits(waits),
        *bars,
        _left_out([(at, row) for at, row in enumerate(drawn.rows) if not row.asked]),
    ]
    return figure(
        [trace for trace in traces if trace["y"]],
        f"{TITLE}: {summary(drawn)}",
        _FRAME + _ROW * len(drawn.rows),
        barmode="overlay",
        bargap=0.35,
        xaxis={"title": {"text": "seconds"}, "gridcolor": GRID, "zeroline": False, "rangemode": "tozero"},
        yaxis=_names(drawn.rows),
        shapes=[_band(stage) for stage in drawn.stages[::2]],
        annotations=[_phase(stage) for stage in drawn.stages if _is_wide(stage, drawn)],
        legend={"orientation": "h", "x": 0, "yref": "container", "y": 0, "yanchor": "bottom"},
        margin={"l": 8, "r": 16, "t": 72, "b": 84},
    )


def describe(drawn: Timeline) -> str:
    """Return the same as a Markdown table; starred calls are the critical path."""
    if not drawn.rows:
        return NOTHING
    headings = ("Call", "Tool", "Purpose", "Start", "Waited", "Took", "Ended", "Cost")
    rows = [
        (
            f"{MARK if row.critical else ''}{row.task}",
            row.tool,
            row.purpose,
            seconds(row.start),
            seconds(row.waited),
            seconds(row.end - row.start),
            ending(row) if row.asked else f"{ending(row)}, not asked",
            f"${usd(row.cost)}",
        )
        for row in drawn.rows
    ]
    return f"{summary(drawn).capitalize()}.\n\n{markdown_table(headings, rows)}"


def _bars(kind: str, rows: Sequence[tuple[int, TimelineRow]]) -> dict[str, Any]:
    name, colour = _KINDS[kind]
    spans = [(row.start + row.waited, row.end) for _, row in rows]
    outline = {"color": INK, "width": [3 if row.critical else 0 for _, row in rows]}
    return _trace(name, rows, spans) | {"marker": {"color": colour, "line": outline}}


def _waits(rows: Sequence[tuple[int, TimelineRow]]) -> dict[str, Any]:
    spans = [(row.start, row.start + row.waited) for _, row in rows]
    return _trace("waited in line", rows, spans) | {"marker": {"color": PALE, "opacity": 0.6}}


def _trace(
    name: str, rows: Sequence[tuple[int, TimelineRow]], spans: Sequence[tuple[float, float]]
) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "y": [at for at, _ in rows],
        "base": [start for start, _ in spans],
        "x": [end - start for start, end in spans],
        "hovertext": [_hover(row) for _, row in rows],
        "hoverinfo": "text",
    }


def _left_out(rows: Sequence[tuple[int, TimelineRow]]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "not asked",
        "y": [at for at, _ in rows],
        "x": [row.start for _, row in rows],
        "marker": {"symbol": "circle-open", "color": INK, "size": 8},
        "hovertext": [_hover(row) for _, row in rows],
        "hoverinfo": "text",
    }


def _hover(row: TimelineRow) -> str:
    lines = [
        f"<b>{label(row.tool)}</b>",
        label(row.purpose, 90),
        f"{label(ending(row))} in {seconds(row.end - row.start)}, {seconds(row.waited)} of it in line",
        f"${usd(row.cost)}".replace("$", "&#36;"),
        "on the critical path" if row.critical else "",
        label(row.detail, 90),
    ]
    return "<br>".join(line for line in lines if line)


def _names(rows: Sequence[TimelineRow]) -> dict[str, Any]:
    names = [f"{MARK if row.critical else ''}{label(f'{row.task} {row.tool}', _LABEL)}" for row in rows]
    return {
        "tickvals": list(range(len(rows))),
        "ticktext": names,
        "range": [len(rows) - 0.5, -0.5],
        "automargin": True,
        "showgrid": False,
        "zeroline": False,
    }


def _band(stage: Stage) -> dict[str, Any]:
    across = {"xref": "x", "x0": stage.start, "x1": stage.end, "yref": "paper", "y0": 0, "y1": 1}
    return {
        "type": "rect",
        "layer": "below",
        "fillcolor": BAND,
        "line": {"width": 0, "color": CLEAR},
        **across,
    }


def _phase(stage: Stage) -> dict[str, Any]:
    return {
        "text": str(stage.phase).capitalize(),
        "x": (stage.start + stage.end) / 2,
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": 11},
    }


def _is_wide(stage: Stage, drawn: Timeline) -> bool:
    return drawn.wall > 0 and (stage.end - stage.start) / drawn.wall >= _LEAST_SHARE


def _kind(row: TimelineRow) -> str:
    if row.outcome in FAILED:
        return "failed"
    return "ready" if row.cached or row.replayed else "ran"
