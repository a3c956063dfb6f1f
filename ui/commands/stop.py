"""attest stop."""

from __future__ import annotations

from typing import Annotated

import typer

from graph import installation
from graph.config.settings import Settings
from graph.errors import Misconfigured
from graph.records import Status
from ui.terminal.find_run import find_run
from ui.terminal.streams import answer
from ui.terminal.terminal_user import account

EXAMPLE = "Example: attest stop 2026"


def stop(
    run: Annotated[str, typer.Argument(metavar="RUN", help="A run id or its unique beginning.")],
) -> None:
    """Stop a run that another process works on, or that waits; it ends with a report of what it has."""
    settings = Settings.from_environment()
    row = find_run(installation.list_runs(settings), run)
    if row.report is not None:
        raise Misconfigured(f"run {row.id} has ended: attest show {row.id}")
    if row.status is Status.WAITING:
        from ui.terminal import run_command  # noqa: PLC0415  # too slow to import for `attest --help`

        run_command.run(settings, row.id, lambda app: app.end(row.id, account()))
    if not installation.request_stop(settings, row.id):
        raise Misconfigured(f"no process works on {row.id}: attest resume {row.id}")
    answer(f"asked run {row.id} to stop; its partial report will be printed where it runs")
