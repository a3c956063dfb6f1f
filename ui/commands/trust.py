"""attest trust."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from graph.errors import Misconfigured

EXAMPLE = "Example: attest trust ./project"


def trust(
    folder: Annotated[
        Path | None, typer.Argument(metavar="FOLDER", help="The folder of the file. [default: this one]")
    ] = None,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Trust it without being asked.")] = False,
    listed: Annotated[bool, typer.Option("--list", help="List the files you trust.")] = False,
    remove: Annotated[bool, typer.Option("--remove", help="Trust it no more.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="With --list: print JSON.")] = False,
) -> None:
    """Show what the .env of a folder sets, and use it there from now on if you say yes.

    It is used while it and the files it names stay as they are. Exit code: 0 trusted, 4 not trusted.
    """
    if yes + listed + remove > 1:
        raise Misconfigured("--yes, --list and --remove exclude each other: write one of them")
    if as_json and not listed:
        raise Misconfigured("--json belongs to --list: write both, or neither")
    from ui.terminal import trust_prompt  # noqa: PLC0415  # `attest --help` need not wait for it

    if listed:
        trust_prompt.show_trusted(as_json=as_json)
    elif remove:
        trust_prompt.remove(folder or Path())
    else:
        raise typer.Exit(trust_prompt.trust(folder or Path(), yes=yes))
