"""Run research from the terminal: check, follow, print and publish."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

from graph import installation
from graph.config.path_values import HOME_MEND, check_writable
from graph.config.settings import Settings
from graph.errors import AttestError, Refused
from graph.events import Event, Finished, Waiting
from ui.catalogue import _
from ui.report.proof import Proof, proof_of
from ui.report.publish import MEND
from ui.terminal.exits import Code
from ui.terminal.interruptible import complete
from ui.terminal.progress import make_progress
from ui.terminal.report_output import code_of, folder_of, print_report, publish_report
from ui.terminal.streams import tell
from ui.terminal.waiting_text import explain

if TYPE_CHECKING:
    from graph.run.application import Application

Start = Callable[["Application"], AsyncIterator[Event]]


def run(
    settings: Settings,
    run_id: str,
    start: Start,
    out: Path | None = None,
    *,
    as_json: bool = False,
    whole: bool = False,
) -> NoReturn:
    """Follow a run that `start` begins to its end, print and publish its report, and end the command.

    Raises typer.Exit with the exit code, and Misconfigured before the run where its report could not be
    published. A later error has a note on how to go on.
    """
    folder = folder_of(run_id, out)
    check_writable(folder, MEND)
    if isinstance(settings.database, Path):
        check_writable(settings.database.parent, HOME_MEND)
    with _noting_how_to_go_on(settings, run_id):
        event, proof = complete(
            _follow(settings, start), lambda: tell(_("stopped; {advice}").format(advice=_safe(run_id)))
        )
    if isinstance(event, Waiting):
        for line in explain(run_id, event.question, out):
            tell(line)
        raise typer.Exit(Code.WAITING)
    print_report(event.report, as_json=as_json, whole=whole)
    publish_report(event.report, proof, folder)
    raise typer.Exit(code_of(event.report))


async def _follow(settings: Settings, start: Start) -> tuple[Finished | Waiting, Proof]:
    """Show the events of a run; return the last one, and what proves its report."""
    async with installation.open_app(settings) as app:
        with make_progress() as progress:
            async for event in start(app):
                progress.show(event)
        if isinstance(event, Finished):
            return event, await proof_of(app, event.report)
        if isinstance(event, Waiting):
            return event, Proof()
        raise RuntimeError(f"the run ended with {event.type}")


@contextmanager
def _noting_how_to_go_on(settings: Settings, run_id: str) -> Iterator[None]:
    try:
        yield
    except Refused:
        raise
    except KeyboardInterrupt as error:
        error.add_note(_safe(run_id) if _is_stored(settings, run_id) else _("the run had not begun"))
        raise
    except Exception as error:
        if _is_stored(settings, run_id):
            error.add_note(_("the run can go on: attest resume {run}").format(run=run_id))
        raise


def _safe(run_id: str) -> str:
    return _("nothing is lost: attest resume {run}").format(run=run_id)


def _is_stored(settings: Settings, run_id: str) -> bool:
    try:
        return any(row.id == run_id for row in installation.list_runs(settings))
    except AttestError:
        return False
