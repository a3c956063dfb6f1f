"""Set, remove and show the caps of the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from graph.caps import Cap, Scope
from graph.location import Location
from graph.stores import caps
from graph.stores.ledger_listing import Standing, list_standings
from guards.budget import usd, utc
from ui.costs_table import table
from ui.strict_json import write_json
from ui.terminal import answer, answer_json
from ui.visible import one_line

if TYPE_CHECKING:
    from graph.stores.database import Database


def put(location: Location, cap: Cap, now: float) -> None:
    """Set a cap, and say what counts against it already."""
    with _opened(location) as database:
        database.write_now(lambda connection: caps.set_cap(connection, cap))
    (standing,) = (each for each in list_standings(location, now) if each.cap == cap)
    so_far = "" if standing.used is None else f"; ${usd(standing.used)} of it is spent or reserved"
    answer(one_line(f"the cap is ${usd(cap.micros)} {cap}{so_far}"))


def remove(location: Location, cap: Cap) -> None:
    """Remove a cap, whatever its amount."""
    with _opened(location) as database:
        was = database.write_now(lambda connection: caps.unset_cap(connection, cap))
    answer(one_line(f"{'removed the' if was else 'there was no'} cap {cap}"))


def show(location: Location, budget: int, now: float, *, as_json: bool) -> None:
    """Print every cap; `budget` is what a run may spend unless it says otherwise."""
    each_run = Standing(cap=Cap(scope=Scope.RUN, micros=budget))
    standings = [each_run, *list_standings(location, now)]
    if as_json:
        answer_json(write_json([standing_json(each) for each in standings]))
    else:
        headings = ("WHO", "PER", "CAP", "USED", "FREES FROM")
        answer(table(headings, [_cells(each) for each in standings], left=frozenset({0, 1, 4})))


def _cells(standing: Standing) -> tuple[str, ...]:
    cap, used, frees = standing.cap, standing.used, standing.frees
    return (
        cap.whom,
        cap.window or "-",
        f"${usd(cap.micros)}",
        "-" if used is None else f"${usd(used)}",
        "-" if frees is None else utc(frees),
    )


def standing_json(standing: Standing) -> dict[str, object]:
    """Return a cap and what counts against it."""
    cap, used, frees = standing.cap, standing.used, standing.frees
    return {
        "scope": str(cap.scope),
        "subject": cap.subject or None,
        "per": cap.window and str(cap.window),
        "cap_usd": usd(cap.micros),
        "used_usd": None if used is None else usd(used),
        "frees": frees and datetime.fromtimestamp(frees, UTC).isoformat(timespec="seconds"),
    }


@contextmanager
def _opened(location: Location) -> Iterator[Database]:
    """Open the database for one write; it is made or migrated when need be."""
    from graph.stores.database import Database  # noqa: PLC0415  # showing caps need not wait for it
    from graph.stores.migrations import MIGRATIONS  # noqa: PLC0415  # as above

    database = Database(location, migrations=MIGRATIONS)
    try:
        yield database
    finally:
        database.close_now()
