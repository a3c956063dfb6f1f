"""attest runs."""

from __future__ import annotations

import shutil
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from graph import installation
from graph.config.settings import Settings
from guards.visible_text import write_json
from ui.catalogue import _
from ui.operate.amount_table import cut_table
from ui.report.answer_standing import WORDS
from ui.terminal.streams import answer, answer_json, is_terminal, tell

if TYPE_CHECKING:
    from graph.history import RunRow

EXAMPLE = "Example: attest runs --limit 5"
_PIPED_COLUMNS = 160


def runs(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print the runs as JSON.")] = False,
    limit: Annotated[int, typer.Option(metavar="N", min=1, help="Show the latest N.")] = 20,
) -> None:
    """List your runs, newest first."""
    rows = installation.list_runs(Settings.from_environment(), limit)
    if as_json:
        answer_json(write_json([_json(row) for row in rows]))
    elif rows:
        answer("\n".join(_table(rows)))
    else:
        tell(_('no runs yet: attest ask "your question" --docs PATH'))


def _table(rows: list[RunRow]) -> list[str]:
    cells = [
        (row.id, _when(row.created), _(WORDS[row.status]), _cost(row), row.question[:_PIPED_COLUMNS])
        for row in rows
    ]
    columns = shutil.get_terminal_size().columns if is_terminal(sys.stdout) else _PIPED_COLUMNS
    return cut_table((_("RUN"), _("WHEN"), _("STATUS"), _("COST"), _("QUESTION")), cells, columns)


def _when(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).astimezone().strftime("%Y-%m-%d %H:%M")


def _cost(row: RunRow) -> str:
    cost = (row.report or {}).get("cost")
    return f"${cost['usd']}" if isinstance(cost, dict) else "-"


def _json(row: RunRow) -> dict[str, object]:
    return {
        "id": row.id,
        "question": row.question,
        "status": str(row.status),
        "reason": (row.report or {}).get("reason"),
        "created": row.created,
        "updated": row.updated,
        "cost": (row.report or {}).get("cost"),
    }
