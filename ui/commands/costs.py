"""attest costs."""

from __future__ import annotations

from typing import Annotated

import typer

from graph import installation
from graph.caps import By, Spent
from graph.config.settings import Settings
from graph.errors import Misconfigured
from guards.visible_text import write_json
from ui.terminal.streams import answer, answer_json, tell

EXAMPLE = "Example: attest costs --by tool --since 2026-11-01"


def costs(
    *,
    by: Annotated[By, typer.Option(help="What to sum by; a day begins at 0:00 UTC.")] = By.DAY,
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help="Leave out what is older, as 2026-11-01.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the costs as JSON.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print the costs as CSV.")] = False,
) -> None:
    """Show what was spent, and what is reserved for calls that have not ended."""
    if as_json and as_csv:
        raise Misconfigured("--json and --csv exclude each other: leave one out")
    found = installation.list_costs(Settings.from_environment(), by, _seconds(since))
    if as_json:
        answer_json(write_json([_row(each, by) for each in found]))
    elif as_csv:
        from ui.operate.amount_table import csv_table  # noqa: PLC0415  # as above

        answer(csv_table([_row(each, by) for each in found], [by, "calls", "usd", "reserved_usd"]))
    elif found:
        answer(_table(found, by))
    else:
        tell("nothing was spent")


def _seconds(date: str | None) -> float:
    """Return the beginning of a day in UTC, in seconds since the epoch; raises Misconfigured."""
    if date is None:
        return 0.0
    from datetime import UTC, datetime  # noqa: PLC0415  # only this option needs it

    try:
        return datetime.strptime(date, "%Y-%m-%d").replace(tzinfo=UTC).timestamp()
    except ValueError:
        raise Misconfigured(f"--since is {date!r}, not a date: write it as 2026-11-01") from None


def _row(spent: Spent, by: By) -> dict[str, object]:
    from guards.budget import usd  # noqa: PLC0415  # as above

    money = {"usd": usd(spent.settled), "reserved_usd": usd(spent.reserved)}
    return {str(by): spent.subject, "calls": spent.calls, **money}


def _table(found: list[Spent], by: By) -> str:
    from guards.budget import usd  # noqa: PLC0415  # as above
    from ui.operate.amount_table import table  # noqa: PLC0415  # as above

    total = Spent(
        subject="total",
        calls=sum(each.calls for each in found),
        settled=sum(each.settled for each in found),
        reserved=sum(each.reserved for each in found),
    )
    rows = [
        (each.subject, str(each.calls), f"${usd(each.settled)}", f"${usd(each.reserved)}")
        for each in (*found, total)
    ]
    return table((by.upper(), "CALLS", "SPENT", "RESERVED"), rows, left=frozenset({0}))
