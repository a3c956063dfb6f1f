"""attest show."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from graph.settings import Settings

EXAMPLE = "Example: attest show 2026 --json > plan.json"


def show(
    run: Annotated[str, typer.Argument(metavar="RUN", help="A run id or its unique beginning.")],
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON: the report, or the plan to edit.")
    ] = False,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Publish the report there.")] = None,
) -> None:
    """Show a run: its report, or what it waits for."""
    from ui import showing  # noqa: PLC0415  # too slow to import for `attest --help`

    showing.show(Settings.from_environment(), run, out, as_json=as_json)
