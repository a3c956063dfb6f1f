"""A figure opens beside the report in the reader's ink, with the same in words below it."""

from __future__ import annotations

import pytest
from plotly.graph_objects import Figure

from graph.report.timeline import timeline
from tests.ui.chat.report_view import reports
from tests.ui.chat.report_view.reading_app import requests
from tests.ui.report.timeline import past_runs
from ui.chat.report_view.report_figures import FIGURES, INK_ON_DARK, INK_ON_LIGHT

RUN = reports.disputed()["run_id"]


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize(("dark", "ink"), [(True, INK_ON_DARK), (False, INK_ON_LIGHT)])
async def test_each_figure_is_drawn_in_the_ink_of_the_theme(name: str, ink: str, dark: bool) -> None:  # noqa: FBT001
    """Plotly accepts it, its words are there, and no second title or tool bar lies over it."""
    found = await requests(reports.disputed()).look({"run": RUN, "figure": name, "dark": dark})
    figure = Figure(found.figure)
    assert figure.layout.font.color == ink
    assert figure.layout.title.text is None
    assert "zoom" in figure.layout.modebar.remove
    assert found.words
    assert found.title


def test_the_timeline_says_what_was_called() -> None:
    """The words below the timeline name every call it draws."""
    drawn = timeline(past_runs.PAST)
    found = FIGURES["timeline"](reports.disputed(), drawn)
    assert drawn.rows
    for row in drawn.rows:
        assert row.task in found.words.replace("\\", "")


def test_the_claims_are_told_with_their_sources() -> None:
    """The words below the claims name every claim."""
    found = FIGURES["claims"](reports.disputed(), timeline(past_runs.PAST))
    for claim in reports.disputed()["claims"]:
        assert claim["text"] in found.words.replace("\\", "")
