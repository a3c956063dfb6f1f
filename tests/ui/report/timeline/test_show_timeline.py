"""A person sees when the calls of a run were made, and what held it up."""

import io
import json
import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.config.settings import Settings
from graph.records import Phase, Status
from graph.report.timeline import Timeline, timeline
from guards.visible_text import one_line
from tests.ui.command_line import Attest
from tests.ui.fake_app import RUN_ID, FakeApp, row
from tests.ui.report.timeline.past_runs import PAST, START, drawings
from ui.report.timeline import show_timeline as timeline_show
from ui.report.timeline.timeline_text import (
    ASCII,
    BLOCKS,
    BOLD,
    LEAST_COLUMNS,
    PLAIN,
    Glyphs,
    TextChart,
    glyphs_for,
)
from ui.report.timeline.timeline_words import fitted, ticks, width

CHART = f"""\
{RUN_ID} (answered): Which plant opened first?
                                       │INI│ORCHESTRATING────────────────│VALIDAT│   10.0 s in all
* b1.q1 web.one find it                    ░░░░░████████                             3.00 s done
* b1.q1~2 web.one find it                               ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒            4.00 s failed
  b2.q1 web.one find it                    █████                                     1.00 s cached
  b2.q1~2 web.one find it                       ·                                    0.00 s skipped
                                       ╵0 s     ╵2 s    ╵4 s     ╵6 s    ╵8 s
  ░ waited  █ ran  ▒ failed  · not asked
* critical path 7.00 s of 10.0 s
"""


def test_a_chart_has_a_line_a_call(past: FakeApp, attest: Attest) -> None:
    """Phases stand on top, bars in their place, the critical path is marked, the scale stands below."""
    assert attest("show", RUN_ID[:12], "--timeline").stdout == CHART
    assert past.asked == [(RUN_ID,)]


@given(drawings(), st.integers(20, 240), st.sampled_from([BLOCKS, ASCII]))
def test_every_line_fits_the_terminal(drawn: Timeline, columns: int, glyphs: Glyphs) -> None:
    """No run and no label makes a line wider than the terminal, or breaks it, at 3 calls or at 200."""
    lines = list(TextChart(drawn=drawn, columns=columns, glyphs=glyphs).lines())
    assert len(lines) == len(drawn.rows) + 4
    assert max(map(width, lines)) <= max(columns, LEAST_COLUMNS)
    assert not any(character in line for line in lines for character in "\n\r\t\x1b")


@given(drawings(st.just("find it")), st.integers(LEAST_COLUMNS, 240))
def test_every_call_has_its_place(drawn: Timeline, columns: int) -> None:
    """However short it was, a call can be seen, and none begins before one that began earlier."""
    chart = TextChart(drawn=drawn, columns=columns, glyphs=ASCII)
    rows = sorted(zip(drawn.rows, list(chart.lines())[1:-3], strict=True), key=lambda pair: pair[0].start)
    bars = [line[chart.label + 3 :][: chart.plot] for _, line in rows]
    begun = [len(bar) - len(bar.lstrip()) for bar in bars]
    assert all(set(bar.strip()) <= set("-#x.") and bar.strip() for bar in bars)
    assert begun == sorted(begun)


@given(drawings(), st.integers(LEAST_COLUMNS, 240))
def test_marks_stand_where_they_say(drawn: Timeline, columns: int) -> None:
    """The scale is true: no label pushes the next aside, and the first moment is always marked."""
    chart = TextChart(drawn=drawn, columns=columns, glyphs=ASCII)
    marks = list(re.finditer(r"'(\S+) s", list(chart.lines())[-3]))
    assert float(marks[0][1]) == 0
    for mark in marks:
        cell = mark.start() - chart.label - len("* ") - 1
        assert abs(cell - float(mark[1]) / (drawn.wall or 1) * chart.plot) <= 0.51


def test_letters_draw_where_blocks_cannot_be_written() -> None:
    """An old terminal gets a chart of plain letters; no mark of it is a question mark."""
    assert (glyphs_for("utf-8"), glyphs_for("ascii"), glyphs_for("latin-1")) == (BLOCKS, ASCII, ASCII)
    chart = TextChart(drawn=timeline(PAST), columns=60, glyphs=glyphs_for("ascii"))
    assert all(line.isascii() for line in chart.lines())


@pytest.mark.usefixtures("past")
def test_a_pipe_that_cannot_hold_blocks_gets_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """What stdout can write decides, not what this machine could."""
    written = io.BytesIO()
    stream = io.TextIOWrapper(written, encoding="ascii")
    monkeypatch.setattr(sys, "stdout", stream)
    timeline_show.show_timeline(Settings.from_environment({}), RUN_ID, as_json=False)
    stream.flush()
    assert b"xxxx" in written.getvalue()


def test_bold_marks_the_path_at_a_terminal_only() -> None:
    """The mark is there without colour; a terminal shows it stronger and is left as it was."""
    plain = list(TextChart(drawn=timeline(PAST), columns=80).lines())
    bold = list(TextChart(drawn=timeline(PAST), columns=80, bold=True).lines())
    assert [line.removeprefix(BOLD).removesuffix(PLAIN) for line in bold] == plain
    assert [line[0] for line in plain if line.startswith("* b")] == ["*", "*"]
    assert [line.startswith(BOLD) for line in bold] == [line.startswith("* b") for line in plain]


@pytest.mark.usefixtures("past")
def test_the_timeline_can_be_read_by_machines(attest: Attest) -> None:
    """JSON holds every row with its times from the run's first moment."""
    shown = json.loads(attest("show", RUN_ID, "--timeline", "--json").stdout)
    assert (shown["id"], shown["status"]) == (RUN_ID, "answered")
    assert (shown["wall"], shown["critical_seconds"]) == (10, 7)
    assert [phase["phase"] for phase in shown["phases"]] == [
        "INITIALIZING",
        "ORCHESTRATING",
        "VALIDATING",
        "MONITORING",
    ]
    facts = [
        (c["task"], c["start"], c["end"], c["waited"], c["outcome"], c["critical"]) for c in shown["calls"]
    ]
    assert facts == [
        ("b1.q1", 1, 4, 1, "done", True),
        ("b1.q1~2", 4, 8, 0, "failed", True),
        ("b2.q1", 1, 2, 0, "done", False),
        ("b2.q1~2", 2, 2, 0, "skipped", False),
    ]


@pytest.mark.parametrize("status", [Status.RUNNING, Status.WAITING, Status.PARTLY, Status.REFUSED])
def test_a_run_without_calls_says_so(fake: FakeApp, attest: Attest, status: Status) -> None:
    """Wherever a run stands it can be asked, and an empty chart is not drawn."""
    fake.rows = [row(status)]
    shown = attest("show", RUN_ID, "--timeline")
    assert (shown.exit_code, shown.stdout.splitlines()[1]) == (0, "no calls are stored of this run")
    assert json.loads(attest("show", RUN_ID, "--timeline", "--json").stdout)["calls"] == []
    assert attest("show", RUN_ID, "--svg", "empty.svg").exit_code == 0
    assert "no calls were made" in Path("empty.svg").read_text()


def test_a_run_that_goes_on_shows_what_it_did(fake: FakeApp, attest: Attest) -> None:
    """Without an end the chart ends with the last thing that is known."""
    fake.rows = [row(Status.RUNNING)]
    fake.past = replace(PAST, entered={Phase.INITIALIZING: START}, ended=None)
    shown = attest("show", RUN_ID, "--timeline").stdout
    assert shown.startswith(f"{RUN_ID} (running)")
    assert shown.endswith("* critical path 7.00 s of 8.00 s\n")


@pytest.mark.usefixtures("past")
def test_publishing_a_timeline_is_misuse(attest: Attest) -> None:
    """Options that contradict each other are told apart, and nothing is written."""
    shown = attest("show", RUN_ID, "--timeline", "--out", "again")
    assert shown.exit_code == 2
    assert "leave out the options of the report" in shown.stderr
    assert not Path("again").exists()


@given(st.text(), st.integers(2, 60))
def test_a_label_takes_the_cells_it_was_given(text: str, cells: int) -> None:
    """Wide letters and marks over letters do not push the bars aside."""
    text = one_line(text)
    assert width(fitted(text, cells)) == cells
    assert text.startswith(fitted(text, cells).rstrip().removesuffix("…").rstrip())


@given(st.floats(1e-6, 1e9) | st.just(0.0), st.integers(1, 40))
def test_the_scale_has_round_numbers(wall: float, most: int) -> None:
    """Marks begin at 0, stand equally far apart, say where they stand, and are not too many."""
    marks = list(ticks(wall, most))
    assert marks[0].at == 0
    assert len(marks) <= most + 1
    assert all(mark.at <= wall * (1 + 1e-6) for mark in marks)
    assert all(float(mark.label.removesuffix(" s")) == pytest.approx(mark.at) for mark in marks)
