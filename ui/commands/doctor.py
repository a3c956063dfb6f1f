"""attest doctor."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from guards.visible_text import write_json
from ui.terminal.streams import answer, answer_json

EXAMPLE = "Example: attest doctor"


def doctor(
    *, as_json: Annotated[bool, typer.Option("--json", help="Print the checks as JSON.")] = False
) -> None:
    """Check that Attest can work on this machine.

    Exit code: 0 it can, 2 it cannot.
    """
    from graph.health import machine_health  # noqa: PLC0415  # too slow to import for `attest --help`
    from ui.operate.address_health import check_address  # noqa: PLC0415  # as above

    checks = machine_health.examine(check_address)
    if as_json:
        answer_json(write_json([asdict(check) for check in checks]))
    else:
        answer("\n".join(check.line() for check in checks))
    raise typer.Exit(2 if any(check.needed and not check.ok for check in checks) else 0)
