"""Sum what counts against a cap: each sum moves on with its window instead of being counted again."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.caps import Cap, Scope
from guards.budget import is_near

if TYPE_CHECKING:  # the worker imports asyncio, which lists need not wait for
    from collections.abc import Iterable

    from graph.stores.db.db_worker import Connection

COLUMNS = {
    Scope.RUN: "run",
    Scope.USER: "asker",
    Scope.TOOL: "tool",
    Scope.MODEL: "model",
    Scope.ALL: "''",
}
"""The column that names the subject of a scope."""
COUNTED = "COALESCE(settled, reserved)"

# Most rows name no model: the index excludes them, and a query must say so to use it.
_OF = {scope: f"{column} = :subject AND at > :after" for scope, column in COLUMNS.items()}
_OF[Scope.MODEL] += " AND model <> ''"
_BETWEEN = {
    scope: f"SELECT COALESCE(SUM({COUNTED}), 0) FROM ledger WHERE {of} AND at <= :until"
    for scope, of in _OF.items()
}
_LEAVING = {scope: f"SELECT at, {COUNTED} FROM ledger WHERE {of} ORDER BY at" for scope, of in _OF.items()}
_READ = """
SELECT used, cutoff, warned, warned_of FROM tallies
WHERE scope = :scope AND subject = :subject AND "window" = :window
"""
_WRITE = """
INSERT INTO tallies (scope, subject, "window", used, cutoff, warned, warned_of)
VALUES (:scope, :subject, :window, :used, :cutoff, :warned, :warned_of)
ON CONFLICT (scope, subject, "window") DO UPDATE
SET used = :used, cutoff = :cutoff, warned = :warned, warned_of = :warned_of
"""
_RECOUNT = """
UPDATE tallies SET used = used + CASE WHEN cutoff < :until THEN :actual ELSE 0 END
                               - CASE WHEN cutoff < :at THEN :reserved ELSE 0 END
WHERE scope = :scope AND subject = :subject
"""


@dataclass(slots=True, kw_only=True)
class CapTally:
    """Hold what counts against a cap: all that is dated after `cutoff`, in seconds since the epoch.

    `warned` is when the last warning about a cap of `warned_of` micro-dollars was given.
    """

    cap: Cap
    used: int
    cutoff: float
    warned: float | None = None
    warned_of: int | None = None

    @property
    def was_warned(self) -> bool:
        """Tell whether there was a warning in this window about this cap."""
        return self.warned is not None and self.warned > self.cutoff and self.warned_of == self.cap.micros


def tally(connection: Connection, cap: Cap, amount: int, now: float) -> CapTally:
    """Return what counts against a cap now, before `amount` is added.

    What left the window since the last call is subtracted; if the clock was set back, what came in again is
    added. So a reservation costs the same however much a day holds. The window is not moved while even too
    much would be far from the cap.
    """
    cutoff = now - cap.seconds
    row = connection.execute(_READ, _key(cap)).fetchone()
    if row is None:
        return counted(connection, cap, now)
    used, before, warned, warned_of = row
    if before < cutoff and not is_near(cap, used + amount):
        cutoff = before
    elif before < cutoff:
        used -= _between(connection, cap, before, cutoff)
    elif cutoff < before:
        used += _between(connection, cap, cutoff, before)
    return CapTally(cap=cap, used=used, cutoff=cutoff, warned=warned, warned_of=warned_of)


def counted(connection: Connection, cap: Cap, now: float) -> CapTally:
    """Return what counts against a cap now, counted again from every row in its window."""
    cutoff = now - cap.seconds
    return CapTally(cap=cap, used=_between(connection, cap, cutoff, math.inf), cutoff=cutoff)


def write(connection: Connection, tallies: Iterable[CapTally]) -> None:
    """Store tallies for the next reservation."""
    rows = [
        {
            **_key(each.cap),
            "used": each.used,
            "cutoff": each.cutoff,
            "warned": each.warned,
            "warned_of": each.warned_of,
        }
        for each in tallies
    ]
    connection.executemany(_WRITE, rows)


def recount(
    connection: Connection, subjects: dict[Scope, str], before: tuple[int, float], after: tuple[int, float]
) -> None:
    """Replace an amount and its date by another, in every tally that may hold it."""
    (reserved, at), (actual, until) = before, after
    change = {"reserved": reserved, "at": at, "actual": actual, "until": until}
    rows = [{"scope": scope, "subject": subject, **change} for scope, subject in subjects.items()]
    connection.executemany(_RECOUNT, rows)


def frees(connection: Connection, tally: CapTally, amount: int) -> float | None:
    """Return when enough will have left the window for an amount to fit; None if that is never."""
    cap = tally.cap
    if cap.window is None or amount > cap.micros:  # first, because it saves reading the whole window
        return None
    missing = tally.used + amount - cap.micros
    leaving = connection.execute(_LEAVING[cap.scope], {"subject": cap.subject, "after": tally.cutoff})
    for at, micros in leaving:
        missing -= micros
        if missing <= 0:
            return float(at) + cap.seconds
    return None


def _between(connection: Connection, cap: Cap, after: float, until: float) -> int:
    """Sum what is dated later than `after` and not later than `until`."""
    bounds = {"subject": cap.subject, "after": after, "until": until}
    found = connection.execute(_BETWEEN[cap.scope], bounds).fetchone()
    return int(found[0]) if found else 0


def _key(cap: Cap) -> dict[str, object]:
    return {"scope": cap.scope, "subject": cap.subject, "window": cap.window or ""}
