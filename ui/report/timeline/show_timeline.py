"""Show when the calls of a run were made: as a chart, as JSON, as a picture."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from graph import installation
from graph.config.settings import Settings
from graph.history import RunRow
from graph.report.timeline import RunHistory, Timeline, timeline
from guards.visible_text import one_line, write_json
from ui.report.download_file import save
from ui.report.timeline.timeline_svg import picture
from ui.report.timeline.timeline_text import TextChart, glyphs_for
from ui.report.timeline.timeline_words import as_json as timeline_json
from ui.report.timeline.timeline_words import bills
from ui.terminal.find_run import find_run
from ui.terminal.interruptible import complete
from ui.terminal.streams import answer, answer_json, is_terminal, tell

PIPED_COLUMNS = 100


def show_timeline(settings: Settings, name: str, *, as_json: bool) -> None:
    """Print the calls of a run in time."""
    row, drawn = _drawn(settings, name)
    if as_json:
        answer_json(write_json(timeline_json(row, drawn)))
    elif drawn.rows:
        answer("\n".join([_heading(row), *_chart(drawn).lines(), *bills(drawn)]))
    else:
        answer(f"{_heading(row)}\nno calls are stored of this run")


def save_picture(settings: Settings, name: str, file: Path) -> None:
    """Write the calls of a run in time as a picture, and say where it is."""
    row, drawn = _drawn(settings, name)
    path = file.expanduser()
    save(path, picture(drawn, _heading(row)).encode(), "--svg")
    tell(f"the timeline of {row.id} is drawn in {path}")


def _heading(row: RunRow) -> str:
    return one_line(f"{row.id} ({row.status}): {row.question}")


def _chart(drawn: Timeline) -> TextChart:
    at_terminal = is_terminal(sys.stdout)
    columns = shutil.get_terminal_size().columns if at_terminal else PIPED_COLUMNS
    glyphs = glyphs_for(sys.stdout.encoding or "ascii")
    return TextChart(drawn=drawn, columns=columns, glyphs=glyphs, bold=at_terminal)


def _drawn(settings: Settings, name: str) -> tuple[RunRow, Timeline]:
    row = find_run(installation.list_runs(settings), name)
    return row, timeline(complete(_history(settings, row.id), lambda: None))


async def _history(settings: Settings, run_id: str) -> RunHistory:
    async with installation.open_app(settings) as app:
        return await app.history(run_id)
