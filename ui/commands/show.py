"""attest show."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from graph.config.settings import Settings
from graph.errors import Misconfigured

EXAMPLE = "Example: attest show 2026 --html report.html --pdf report.pdf"


def show(  # noqa: PLR0913  # each is an option of the command
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
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the report as one page.")] = None,
    pdf: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the report for paper.")] = None,
    archive: Annotated[
        Path | None,
        typer.Option("--zip", metavar="FILE", help="Pack the report with its sources, to verify."),
    ] = None,
    whole: Annotated[
        bool, typer.Option("--verbose", help="Print the whole report: quotes, offsets, hashes, cost, time.")
    ] = False,
) -> None:
    """Show a run: its report, what it waits for, or its timeline."""
    settings = Settings.from_environment()
    if timeline or svg:
        if out or html or pdf or archive:
            raise Misconfigured("--timeline and --svg are about calls: leave out the options of the report")
        _timeline(settings, run, svg, shown=timeline, as_json=as_json)
        return
    if html or pdf or archive:
        _download(settings, run, html, pdf, archive)
        if not (out or as_json):
            return
    from ui.terminal import show_run  # noqa: PLC0415  # too slow to import for `attest --help`

    show_run.show(settings, run, out, as_json=as_json, whole=whole)


def _timeline(settings: Settings, run: str, svg: Path | None, *, shown: bool, as_json: bool) -> None:
    from ui.report.timeline import show_timeline as timeline  # noqa: PLC0415  # as above

    if svg:
        timeline.save_picture(settings, run, svg)
    if shown or as_json:
        timeline.show_timeline(settings, run, as_json=as_json)


def _download(
    settings: Settings, run: str, html: Path | None, pdf: Path | None, archive: Path | None
) -> None:
    from ui.report.downloads import RequestedFiles, download  # noqa: PLC0415  # as above

    download(settings, run, RequestedFiles(html=html, pdf=pdf, zip=archive))
