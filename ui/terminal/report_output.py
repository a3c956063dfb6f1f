"""Print a report, publish it, and return the exit code that belongs to it."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from graph.errors import Misconfigured
from graph.records import Status
from guards.visible_text import write_json
from ui.catalogue import _
from ui.report.answer_standing import status
from ui.report.proof import Proof, source_ids
from ui.report.publish import PAGE, RECORD, SOURCES, publish
from ui.report.report_markdown import report_markdown, summary
from ui.terminal.answer_text import answer_text
from ui.terminal.exits import Code
from ui.terminal.streams import answer, answer_json, is_terminal, tell

REPORTS = Path("reports")
RUN_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")

_CODES = {
    Status.ANSWERED: Code.ANSWERED,
    Status.PARTLY: Code.PARTLY,
    Status.UNANSWERED: Code.UNANSWERED,
    Status.UNREACHED: Code.UNANSWERED,
    Status.NO_DOCUMENTS: Code.MISUSE,
    Status.REFUSED: Code.REFUSED,
    Status.STOPPED: Code.STOPPED,
}


def folder_of(run_id: str, out: Path | None) -> Path:
    """Return where the report of a run is published.

    Raises Misconfigured for an id that is no file name, and where the default folder is a link.
    """
    if not RUN_ID.fullmatch(run_id):
        rule = "up to 64 letters, digits, dots, dashes and underscores, the first a letter or a digit"
        raise Misconfigured(f"run id {run_id!r} cannot name a folder: use {rule}")
    if out is not None:
        return out.expanduser()
    folder = REPORTS / run_id
    for path in (REPORTS, folder, folder / SOURCES):
        if path.is_symlink():
            raise Misconfigured(f"{path} is a link that leads elsewhere: say where to publish with --out")
    return folder


def code_of(report: Mapping[str, Any]) -> Code:
    """Return the exit code that belongs to the status of a report."""
    return _CODES[status(report)]


def print_report(report: Mapping[str, Any], *, as_json: bool, whole: bool = False) -> None:
    """Write the report to stdout: as JSON, as its page, or as the answer with its sources and limits.

    A terminal gets the answer unless the `whole` page is asked for; a pipe gets the page.
    """
    if as_json:
        answer_json(write_json(report))
    elif not is_terminal(sys.stdout):
        answer(report_markdown(report))
    elif whole:
        _render(report_markdown(report))
    else:
        answer(answer_text(report))


def publish_report(report: Mapping[str, Any], proof: Proof, folder: Path) -> None:
    """Publish the report and say where it is."""
    publish(report, proof, folder)
    if missing := [id_ for id_ in source_ids(report) if id_ not in proof.texts]:
        tell(_("not stored any more, so not published: {sources}").format(sources=", ".join(missing)))
    where = _("{page} and {record}; check it: attest verify {folder}")
    tell(f"{summary(report)}: {where.format(page=folder / PAGE, record=RECORD, folder=folder)}")


def _render(markdown: str) -> None:
    from rich.console import Console  # noqa: PLC0415  # slow to import, and a pipe does not need it
    from rich.markdown import Markdown  # noqa: PLC0415  # as above

    Console(markup=False, emoji=False, highlight=False).print(Markdown(markdown, hyperlinks=False))
