"""Set, remove and show the caps of the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from graph.caps import Cap, Scope
from graph.config.database_address import Location
from graph.config.settings import Settings
from graph.stores.accounts import stored_accounts
from graph.stores.accounts.account_names import name_of
from graph.stores.books import stored_caps
from graph.stores.books.ledger_listing import Standing, list_standings
from guards.budget import usd, utc
from ui.operate.amount_table import table
from ui.report.strict_json import write_json
from ui.server.people.account_name import RESERVED, folded
from ui.server.people.legacy_accounts import take_over
from ui.terminal.streams import answer, answer_json, tell
from ui.terminal.visible_text import one_line

if TYPE_CHECKING:
    from graph.stores.db.database import Database
    from graph.stores.db.db_worker import Connection


def put(settings: Settings, cap: Cap, now: float) -> None:
    """Set a cap, and say what counts against it already."""
    location = settings.database
    with _opened(settings, now) as database:
        database.write_now(lambda connection: stored_caps.set_cap(connection, _kept(connection, cap)))
        shown, unknown = database.read_now(
            lambda connection: (_shown(connection, cap), _is_unknown(connection, _kept(connection, cap)))
        )
    (standing,) = (each for each in list_standings(location, now) if each.cap == shown)
    so_far = "" if standing.used is None else f"; ${usd(standing.used)} of it is spent or reserved"
    answer(one_line(f"the cap is ${usd(cap.micros)} {shown}{so_far}"))
    if unknown:
        tell(one_line(f"no account has that name: it caps who asks with attest ask --user {cap.subject}"))


def remove(settings: Settings, cap: Cap, now: float) -> None:
    """Remove a cap, whatever its amount."""
    with _opened(settings, now) as database:
        was = database.write_now(lambda connection: stored_caps.unset_cap(connection, _kept(connection, cap)))
        shown = database.read_now(lambda connection: _shown(connection, cap))
    answer(one_line(f"{'removed the' if was else 'there was no'} cap {shown}"))


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


def _kept(connection: Connection, cap: Cap) -> Cap:
    """Return a cap as it is kept: a user's by the id of the account that has the name."""
    plain = folded(cap.subject) if cap.scope is Scope.USER else None
    found = stored_accounts.by_name(connection, plain) if plain else None
    return replace(cap, subject=found.id) if found else cap


def _is_unknown(connection: Connection, kept: Cap) -> bool:
    """Tell whether a cap is of a user that is no account and never was."""
    named = kept.scope is Scope.USER and kept.subject and kept.subject not in RESERVED
    return bool(named) and stored_accounts.by_id(connection, kept.subject) is None


def _shown(connection: Connection, cap: Cap) -> Cap:
    """Return a cap as people read it."""
    kept = _kept(connection, cap)
    return replace(kept, subject=name_of(connection, kept.subject)) if cap.scope is Scope.USER else kept


@contextmanager
def _opened(settings: Settings, now: float) -> Iterator[Database]:
    """Open the database for one write; it is made or migrated when need be, and knows the accounts."""
    from graph.stores.db.database import Database  # noqa: PLC0415  # showing caps need not wait for it
    from graph.stores.db.migrations import MIGRATIONS  # noqa: PLC0415  # as above

    database = Database(settings.database, migrations=MIGRATIONS)
    try:
        take_over(settings.home, database, now)
        yield database
    finally:
        database.close_now()
