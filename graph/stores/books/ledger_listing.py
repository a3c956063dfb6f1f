"""Sum the ledger quickly: read only, without a thread, a framework or a lock."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from graph.caps import By, Cap, CapUse, Scope, Spent
from graph.config.database_address import Location
from graph.stores.accounts.account_names import names
from graph.stores.books.ledger_tallies import COLUMNS, COUNTED
from graph.stores.books.stored_caps import all_caps
from graph.stores.db.read_only import columns, reading

if TYPE_CHECKING:  # the worker imports asyncio, which lists need not wait for
    from collections.abc import Mapping

    from graph.stores.db.db_worker import Connection

_FILE_DAY = "strftime('%Y-%m-%d', at, 'unixepoch')"
_SERVER_DAY = "to_char(to_timestamp(at) AT TIME ZONE 'UTC', 'YYYY-MM-DD')"
_COLUMNS = {
    By.RUN: "run",
    By.USER: "asker",
    By.TOOL: "tool",
    By.MODEL: "model",
}
_SPENT = f"""
SELECT {{column}}, COUNT(*), SUM(COALESCE(settled, 0)), SUM({COUNTED}) - SUM(COALESCE(settled, 0))
FROM ledger WHERE at >= :since AND {{column}} <> '' GROUP BY 1 ORDER BY {{order}}
"""
_USED = {
    scope: f"SELECT {column}, SUM({COUNTED}), MIN(at) FROM ledger"
    f" WHERE at > :after AND {COUNTED} > 0 AND :subject IN ('', {column}) GROUP BY 1 ORDER BY 2 DESC, 1"
    for scope, column in COLUMNS.items()
}


def list_costs(location: Location, by: By, since: float = 0.0) -> list[Spent]:
    """Sum what was spent since a time, the most expensive first, or day by day in UTC.

    By model, calls of tools that are none are left out. Returns nothing when there is no ledger yet; raises
    Misconfigured when the database cannot be read.
    """
    with reading(location) as connection:
        found = columns(connection, location, "ledger")
        if not found or (by is By.MODEL and "model" not in found):  # a database of an earlier release
            return []
        called = names(connection, location) if by is By.USER else {}
        return [
            Spent(
                subject=called.get(str(subject), str(subject)),
                calls=calls,
                settled=settled,
                reserved=reserved,
            )
            for subject, calls, settled, reserved in connection.execute(
                _spent(by, location), {"since": since}
            )
        ]


def _spent(by: By, location: Location) -> str:
    """Write the query that sums what was spent; each engine names days in its own way."""
    day = _FILE_DAY if isinstance(location, Path) else _SERVER_DAY
    order = "1" if by is By.DAY else f"SUM({COUNTED}) DESC, 1"
    return _SPENT.format(column=_COLUMNS.get(by, day), order=order)


def list_cap_uses(location: Location, now: float) -> list[CapUse]:
    """Return every cap with what counts against it now; after a cap of each, whoever spent under it.

    Raises Misconfigured when the database cannot be read.
    """
    with reading(location) as connection:
        if not columns(connection, location, "caps"):
            return []
        caps = all_caps(connection)
        own = {(cap.scope, cap.window, cap.subject) for cap in caps if cap.subject}
        found = [each for cap in caps for each in _cap_uses(connection, cap, now)]
        called = names(connection, location)
        return [
            _named(each, called)
            for each in found
            if each.cap in caps or (each.cap.scope, each.cap.window, each.cap.subject) not in own
        ]


def _named(use: CapUse, called: Mapping[str, str]) -> CapUse:
    """Return the use of a cap with the name of a user in the place of the account's id."""
    cap = use.cap
    if cap.scope is not Scope.USER:
        return use
    return replace(use, cap=replace(cap, subject=called.get(cap.subject, cap.subject)))


def _cap_uses(connection: Connection, cap: Cap, now: float) -> list[CapUse]:
    bounds = {"after": now - cap.seconds, "subject": cap.subject}
    found = [
        CapUse(cap=replace(cap, subject=subject), used=used, frees=first + cap.seconds)
        for subject, used, first in connection.execute(_USED[cap.scope], bounds)
    ]
    if cap.subject or cap.scope is Scope.ALL:
        return found or [CapUse(cap=cap, used=0)]
    return [CapUse(cap=cap), *(each for each in found if each.cap.subject)]
