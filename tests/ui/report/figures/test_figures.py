"""Every figure is one that plotly.js 2.30 draws, and says in words what it shows."""

import json
import subprocess
import sys
from dataclasses import replace
from html import unescape
from typing import Any

import plotly.graph_objects as go
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.caps import Spent
from graph.records import Status
from graph.report.timeline import RunHistory, Timeline, timeline
from tests.ui.report import examples
from tests.ui.report.timeline.past_runs import PAST, drawings, planned
from ui.report.figures import gantt, spending, standing, support_figure
from ui.report.figures.canvas import Figure, wrapped

HOSTILE = "<a href=javascript:alert(1)>x</a> <b>$\\alpha$ %{x} | [l](http://e.example)"
EMPTY = timeline(RunHistory(entered={}))
FREE = examples.report()
PAID = {
    **examples.report(),
    "cost": {
        "usd": "0.30",
        "calls": 3,
        "by_tool": {"web.brave": "0.10", "documents.search": "0.00"},
        "by_model": {"gemini": "0.20"},
    },
}
SPENT = [
    Spent(subject="2026-11-26", calls=2, settled=1_500_000, reserved=0),
    Spent(subject="2026-11-27", calls=1, settled=0, reserved=250_000),
]


def sound(figure: Figure) -> str:
    """Have Plotly check every field, and return the figure as the browser gets it."""
    go.Figure(figure)
    text = json.dumps(figure, allow_nan=False)
    assert "bdata" not in text
    return text


def many(count: int) -> dict[str, Any]:
    report = examples.report()
    report["claims"] = [{**report["claims"][at % 3], "id": f"c{at}"} for at in range(count)]
    sources = [{**report["sources"][0], "id": f"{at:064x}", "title": f"source {at}"} for at in range(count)]
    return {**report, "sources": [*report["sources"], *sources]}


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (gantt.gantt(EMPTY), gantt.NOTHING),
        (spending.run_spending(FREE), spending.FREE),
        (spending.spending([], "day"), spending.NOTHING),
        (standing.standing([]), standing.NOTHING),
        (support_figure.support({**FREE, "claims": [], "sources": []}), support_figure.NOTHING),
    ],
)
def test_nothing_to_draw_is_said(figure: Figure, words: str) -> None:
    """A refused run, or one without costs, shows a sentence and no empty axis."""
    assert words in sound(figure)
    assert figure["data"] == []
    assert not figure["layout"]["xaxis"]["visible"]


def test_runs_are_counted_by_where_they_stand() -> None:
    """A bar for each status there is, in the order of a run's life, and the same in a sentence."""
    runs = [Status.PARTLY, Status.RUNNING, Status.PARTLY]
    drawn = standing.standing(runs)
    sound(drawn)
    (bar,) = drawn["data"]
    assert list(zip(bar["y"], bar["x"], strict=True)) == [("running", 1), ("partly answered", 2)]
    assert standing.describe(runs) == "1 running, 2 partly answered."
    assert standing.describe([]) == standing.NOTHING


@given(st.text())
def test_a_label_is_wrapped_into_a_narrow_column(text: str) -> None:
    """Whatever the words, no line is longer than its column, no more lines are made, and no tag is alive."""
    lines = wrapped(text, width=18, lines=3).split("<br>")
    assert len(lines) <= 3
    assert all(len(unescape(line)) <= 18 for line in lines)
    assert not any("<" in line or ">" in line for line in lines)


def test_nothing_to_draw_is_said_in_words() -> None:
    """The description says it too."""
    assert gantt.describe(EMPTY) == gantt.NOTHING
    assert spending.describe([], "day") == spending.NOTHING
    assert support_figure.describe({**FREE, "claims": []}) == support_figure.NOTHING


def test_a_timeline_shows_waits_bars_and_the_critical_path() -> None:
    """The wait is a bar of its own, the critical path is starred and outlined, phases are bands."""
    figure = gantt.gantt(timeline(PAST))
    sound(figure)
    traces = {trace["name"]: trace for trace in figure["data"]}
    assert (traces["waited in line"]["base"], traces["waited in line"]["x"]) == ([1.0], [1.0])
    assert (traces["ran"]["base"], traces["ran"]["x"]) == ([2.0], [2.0])
    assert traces["ran"]["marker"]["line"]["width"] == [3]
    assert traces["cached or replayed"]["marker"]["line"]["width"] == [0]
    assert traces["not asked"]["x"] == [2.0]
    assert [name[0] == "★" for name in figure["layout"]["yaxis"]["ticktext"]] == [True, True, False, False]
    assert [(band["x0"], band["x1"]) for band in figure["layout"]["shapes"]] == [(0, 1), (8, 10)]


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(drawings())
def test_any_timeline_is_sound(drawn: Timeline) -> None:
    """Whatever was called, the figure is valid and each call has a row of the table."""
    sound(gantt.gantt(drawn))
    assert gantt.describe(drawn).count("\n") == (len(drawn.rows) + 3 if drawn.rows else 0)


def test_money_is_drawn_in_dollars() -> None:
    """A run shows tools and models, an installation its days with what is reserved."""
    tools, models = spending.run_spending(PAID)["data"]
    assert (tools["x"], models["x"]) == ([0.1, 0.0], [0.2])
    sound(spending.run_spending(PAID))
    assert "| gemini | model | \\$0.20 |" in spending.describe_run(PAID)
    days = spending.spending(SPENT, "day")
    sound(days)
    assert [bar["y"] for bar in days["data"]] == [[1.5, 0.0], [0.0, 0.25]]
    assert "| 2026-11-27 | 1 | \\$0.00 | \\$0.25 |" in spending.describe(SPENT, "day")
    across = spending.spending(
        [replace(each, subject=f"t{at}") for at, each in enumerate(SPENT * 20)], "tool"
    )
    assert "and 10 more" in sound(across)


@pytest.mark.parametrize("count", [1, 3, 30])
def test_claims_are_tied_to_sources(count: int) -> None:
    """One claim or thirty, each line ends at its source and what has no room is counted."""
    report = many(count)
    figure = support_figure.support(report)
    text = sound(figure)
    (lines,) = [trace for trace in figure["data"] if trace["mode"] == "lines"]
    assert lines["name"] == "supported"
    assert len(lines["x"]) == 3 * min(count, support_figure.MOST)
    assert (f"and {count - support_figure.MOST} more claims" in text) == (count > support_figure.MOST)
    assert support_figure.describe(report).count("\n") == count + 1
    heights = [y for trace in figure["data"] for y in trace["y"] if y is not None]
    low, high = figure["layout"]["yaxis"]["range"]
    assert all(high <= y <= low for y in heights)


def test_each_verdict_has_a_line_of_its_own() -> None:
    """Verdicts differ by dash as well as by colour."""
    report = examples.report()
    for claim, verdict in zip(report["claims"], ("supported", "contradicted", "unverified"), strict=True):
        claim["verdict"] = verdict
    lines = [trace for trace in support_figure.support(report)["data"] if trace["mode"] == "lines"]
    assert len({trace["line"]["dash"] for trace in lines}) == len({t["line"]["color"] for t in lines}) == 3


def test_words_of_sources_do_nothing() -> None:
    """A tag, a formula or a link in a title or purpose is shown as it is written."""
    report = examples.report()
    report["sources"][0]["title"] = report["claims"][0]["text"] = f"`{HOSTILE}`"
    past = replace(PAST, plan=planned("b1.q1", "b2.q1", purpose=HOSTILE))
    paid = {**PAID, "cost": {**PAID["cost"], "by_tool": {HOSTILE: "1.00"}}}
    hostile = [replace(SPENT[0], subject=HOSTILE)]
    figures = (
        support_figure.support(report),
        gantt.gantt(timeline(past)),
        spending.run_spending(paid),
        spending.spending(hostile, "user"),
    )
    for figure in figures:
        text = sound(figure)
        assert "&lt;a href=javascript" in text
        assert "<a" not in text
        assert "$\\" not in text
    tables = (
        support_figure.describe(report),
        gantt.describe(timeline(past)),
        spending.describe(hostile, "user"),
    )
    for table in tables:
        assert "<a" not in table.replace("\\<a", "")
        assert (
            len({line.replace("\\|", "").count("|") for line in table.splitlines() if line[:1] == "|"}) == 1
        )


def test_figures_do_not_wait_for_plotly() -> None:
    """Importing them loads no Plotly: it takes most of a second."""
    code = (
        "import sys, ui.report.figures.gantt, ui.report.figures.spending; "
        "import ui.report.figures.standing, ui.report.figures.support_figure; "
        "sys.exit(any(name in sys.modules for name in ('plotly', 'langgraph', 'numpy')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
