"""attest verify."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ui.strict_json import write_json
from ui.terminal import answer, answer_json
from ui.visible import one_line

EXAMPLE = "Example: attest verify reports/20261120-101200-a1b2c3"


def verify(
    report: Annotated[Path, typer.Argument(metavar="REPORT", help="A published folder or its report.json.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
) -> None:
    """Check a report against its sources, offline.

    Every quote is compared with the stored text it cites: no model, no network.

    Exit code: 0 all of it holds, 1 something does not, 2 not a report.
    """
    from ui import verification  # noqa: PLC0415  # too slow to import for `attest --help`

    found = verification.verify_folder(report.expanduser())
    if as_json:
        answer_json(write_json(found.json()))
    else:
        answer("\n".join(map(one_line, found.lines())))
    raise typer.Exit(1 if found.findings else 0)
