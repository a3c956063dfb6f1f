"""Show a run as it stands."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from graph import installation
from graph.config.path_values import check_writable
from graph.config.settings import Settings
from graph.history import RunRow
from graph.records import Status
from guards.visible_text import one_line, write_json
from ui.catalogue import _
from ui.report.proof import Proof, proof_of
from ui.report.publish import MEND
from ui.terminal.find_run import find_run
from ui.terminal.interruptible import complete
from ui.terminal.report_output import print_report, publish_report
from ui.terminal.streams import answer, answer_json
from ui.terminal.waiting_text import editable, explain


def show(settings: Settings, name: str, out: Path | None, *, as_json: bool, whole: bool = False) -> None:
    """Show the report of a run, what it waits for, or how to continue it."""
    row = find_run(installation.list_runs(settings), name)
    question = _complete_pending(settings, row.id) if row.status is Status.WAITING else None
    if row.report is not None:
        _report(settings, row.report, out, as_json=as_json, whole=whole)
    elif question is not None:
        _question(row.id, question, as_json=as_json)
    else:
        _unfinished(row, as_json=as_json)


def _report(
    settings: Settings, report: dict[str, object], out: Path | None, *, as_json: bool, whole: bool
) -> None:
    if out is not None:
        folder = out.expanduser()
        check_writable(folder, MEND)
        publish_report(report, complete(_proof(settings, report), _silently), folder)
    print_report(report, as_json=as_json, whole=whole)


def _question(run_id: str, question: Mapping[str, Any], *, as_json: bool) -> None:
    if as_json:
        answer_json(write_json(editable(question)))
    else:
        answer("\n".join([*explain(run_id, question), "", write_json(editable(question))]))


def _unfinished(row: RunRow, *, as_json: bool) -> None:
    if as_json:
        answer_json(write_json({"id": row.id, "question": row.question, "status": str(row.status)}))
    else:
        said = _("Not finished. If no process works on it: attest resume {run}").format(run=row.id)
        answer(f"{one_line(row.question)}\n{said}")


def _complete_pending(settings: Settings, run_id: str) -> dict[str, Any] | None:
    return complete(_pending(settings, run_id), _silently)


def _silently() -> None:
    """Say nothing: no run was under way."""


async def _proof(settings: Settings, report: Mapping[str, object]) -> Proof:
    async with installation.open_app(settings) as app:
        return await proof_of(app, report)


async def _pending(settings: Settings, run_id: str) -> dict[str, Any] | None:
    async with installation.open_app(settings) as app:
        return await app.pending(run_id)
