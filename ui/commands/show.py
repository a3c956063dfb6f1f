"""attest show."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from graph.errors import Misconfigured
from graph.settings import Settings

EXAMPLE = "Example: attest show 2026 --json > plan.json"


def show(
    run: Annotated[str, typer.Argument(metavar="RUN", help="A run id or its unique beginning.")],
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON: the report, the plan to edit, or the timeline.")
    ] = False,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Publish the report there.")] = None,
    timeline: Annotated[
        bool, typer.Option("--timeline", help="Show when its calls were made, and what held it up.")
    ] = False,
    svg: Annotated[Path | None, typer.Option(metavar="FILE", help="Draw the timeline there.")] = None,
) -> None:
    """Show a run: its report, what it waits for, or its timeline."""
    settings = Settings.from_environment()
    if timeline or svg:
        if out:
            raise Misconfigured("--out publishes the report: leave out --timeline and --svg")
        _timeline(settings, run, svg, shown=timeline, as_json=as_json)
        return
    from ui import showing  # noqa: PLC0415  # too slow to import for `attest --help`

    showing.show(settings, run, out, as_json=as_json)


def _timeline(settings: Settings, run: str, svg: Path | None, *, shown: bool, as_json: bool) -> None:
    from ui import timeline_show  # noqa: PLC0415  # as above

    if svg:
        timeline_show.save_picture(settings, run, svg)
    if shown or as_json:
        timeline_show.show_timeline(settings, run, as_json=as_json)
