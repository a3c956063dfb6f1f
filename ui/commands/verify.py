"""attest verify."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from graph import installation
from graph.config.settings import Settings
from graph.errors import AttestError
from guards.visible_text import one_line, write_json
from ui.terminal.streams import answer, answer_json

if TYPE_CHECKING:
    from ui.report.verify_report import StoredChain

EXAMPLE = "Example: attest verify reports/20261120-101200-a1b2c3"


def verify(
    report: Annotated[Path, typer.Argument(metavar="REPORT", help="A published folder or its report.json.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
) -> None:
    """Check a report against its sources and its audit chain, offline.

    Every quote is compared with the stored text it cites, and the record with its page, its chain and, where
    it knows the run, the database of this machine: no model, no network.

    Exit code: 0 all of it holds, 1 something does not, 2 not a report.
    """
    from ui.report import verify_report  # noqa: PLC0415  # too slow to import for `attest --help`

    found = verify_report.verify_folder(report.expanduser(), _known)
    if as_json:
        answer_json(write_json(found.json()))
    else:
        answer("\n".join(map(one_line, found.lines())))
    raise typer.Exit(1 if found.findings else 0)


def _known(run_id: str) -> StoredChain:
    """Return the chain of a run in the database of this machine, or why it cannot be read."""
    from ui.report.verify_report import StoredChain  # noqa: PLC0415  # as above

    try:
        return StoredChain(chain=installation.audit_chain(Settings.from_environment(), run_id))
    except AttestError as error:
        return StoredChain(problem=str(error))
