"""Make the figures that a person can open beside a report, each with the same in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from graph.report.timeline import Timeline
from ui.chat.report_view.numbered_passages import Report
from ui.chat.report_view.plain_form import without_directives
from ui.report.figures import gantt, spending, support_figure

INK_ON_LIGHT = "#1f2937"
INK_ON_DARK = "#e5e7eb"

# On a touch screen these tools would zoom or select where a person scrolls the panel.
_TOOLS = ("toimage", "zoom", "pan", "select", "lasso", "zoomin", "zoomout", "autoscale", "resetscale")


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureView:
    """Hold a figure as plotly.js reads it, its title, and the same in Markdown."""

    title: str
    figure: dict[str, Any]
    words: str

    def on(self, *, dark: bool) -> FigureView:
        """Fit the figure to the panel: text in the contrast of the theme, no second title, no tools."""
        layout = self.figure["layout"]
        fitted = {
            "title": None,
            "font": {**layout.get("font", {}), "color": INK_ON_DARK if dark else INK_ON_LIGHT},
            "modebar": {"remove": list(_TOOLS)},
            "dragmode": False,
        }
        return replace(self, figure={**self.figure, "layout": {**layout, **fitted}})


def _timeline(_: Report, drawn: Timeline) -> FigureView:
    return FigureView(
        title="Timeline", figure=gantt.gantt(drawn), words=without_directives(gantt.describe(drawn))
    )


def _costs(report: Report, _: Timeline) -> FigureView:
    words = without_directives(spending.describe_run(report))
    return FigureView(title="Costs", figure=spending.run_spending(report), words=words)


def _claims(report: Report, _: Timeline) -> FigureView:
    words = without_directives(support_figure.describe(report))
    return FigureView(title="Claims and sources", figure=support_figure.support(report), words=words)


FIGURES: dict[str, Callable[[Report, Timeline], FigureView]] = {
    "timeline": _timeline,
    "costs": _costs,
    "claims": _claims,
}
