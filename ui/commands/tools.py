"""attest tools."""

from __future__ import annotations

from typing import Annotated

import typer

from graph.config.settings import Settings

EXAMPLE = "Example: attest tools"


def tools(
    *, as_json: Annotated[bool, typer.Option("--json", help="Print the tools as JSON.")] = False
) -> None:
    """List the tools: what each is for, what it costs, and whether it can be used."""
    from ui.operate import tool_listing  # noqa: PLC0415  # too slow to import for `attest --help`

    tool_listing.show_tools(Settings.from_environment(), as_json=as_json)
