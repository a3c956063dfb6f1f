"""attest home."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

EXAMPLE = "Example: attest home --move-from .attest"


def home(
    *,
    move_from: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Move the home of an earlier release here.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Move it without being asked.")] = False,
) -> None:
    """Print where runs, sources and accounts are kept; or move an older home there.

    Exit code: 0 done, 4 you said no.
    """
    from graph.config.settings import Settings  # noqa: PLC0415  # `attest --help` need not wait for these
    from ui.operate import home_migration  # noqa: PLC0415  # as above
    from ui.terminal.streams import answer  # noqa: PLC0415  # as above

    where = Settings.from_environment().home
    if move_from is None:
        answer(str(where))
    else:
        raise typer.Exit(home_migration.move(move_from.expanduser(), where, yes=yes))
