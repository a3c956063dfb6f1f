"""Sum the ledger without opening the database for work: no thread, no framework, no lock."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from graph.caps import By, Cap, Scope
from graph.stores.caps import all_caps
from graph.stores.failures import explained
from graph.stores.ledger_tallies import COLUMNS, COUNTED

_COLUMNS = {
    By.RUN: "run",
    By.USER: "asker",
    By.TOOL: "tool",
    By.MODEL: "model",
    By.DAY: "strftime('%Y-%m-%d', at, 'unixepoch')",
}
_BY = {
    by: f"SELECT {column}, COUNT(*), SUM(COALESCE(settled, 0)), SUM(reserved * (settled IS NULL))"
    f" FROM ledger WHERE at >= :since AND {column} <> '' GROUP BY 1"
    f" ORDER BY {'1' if by is By.DAY else f'SUM({COUNTED}) DESC, 1'}"
    for by, column in _COLUMNS.items()
}
_USED = {
    scope: f"SELECT {column}, SUM({COUNTED}), MIN(at) FROM ledger"
    f" WHERE at > :after AND {COUNTED} > 0 AND :subject IN ('', {column}) GROUP BY 1 ORDER BY 2 DESC, 1"
    for scope, column in COLUMNS.items()
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """Sum what a subject spent: paid calls, settled and still reserved micro-dollars."""

    subject: str
    calls: int
    settled: int
    reserved: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Say how a cap stands: micro-dollars used, and when the first of them leave the window.

    A cap of each user, tool or model counts nothing by itself: `used` is None.
    """

    cap: Cap
    used: int | None = None
    frees: float | None = None


def list_costs(path: Path, by: By, since: float = 0.0) -> list[Spent]:
    """Sum what was spent since a time, the most expensive first, or day by day in UTC.

    By model, calls of tools that are none are left out. Returns nothing when there is no ledger yet; raises
    Misconfigured when the file cannot be read.
    """
    with _opened(path) as connection:
        columns = {name for _, name, *_ in connection.execute("PRAGMA table_info(ledger)")}
        if not columns or (by is By.MODEL and "model" not in columns):  # as an earlier release left it
            return []
        return [
            Spent(subject=subject, calls=calls, settled=settled, reserved=reserved)
            for subject, calls, settled, reserved in connection.execute(_BY[by], {"since": since})
        ]


def list_standings(path: Path, now: float) -> list[Standing]:
    """Return every cap with what counts against it now; after a cap of each, whoever spent under it.

    Raises Misconfigured when the file cannot be read.
    """
    with _opened(path) as connection:
        if not connection.execute("PRAGMA table_info(caps)").fetchall():
            return []
        caps = all_caps(connection)
        own = {(cap.scope, cap.window, cap.subject) for cap in caps if cap.subject}
        found = [each for cap in caps for each in _standings(connection, cap, now)]
        return [
            each
            for each in found
            if each.cap in caps or (each.cap.scope, each.cap.window, each.cap.subject) not in own
        ]


def _standings(connection: sqlite3.Connection, cap: Cap, now: float) -> list[Standing]:
    bounds = {"after": now - cap.seconds, "subject": cap.subject}
    found = [
        Standing(cap=replace(cap, subject=subject), used=used, frees=first + cap.seconds)
        for subject, used, first in connection.execute(_USED[cap.scope], bounds)
    ]
    if cap.subject or cap.scope is Scope.ALL:
        return found or [Standing(cap=cap, used=0)]
    return [Standing(cap=cap), *(each for each in found if each.cap.subject)]


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the file to read, or an empty one in its place when there is none."""
    uri = f"{path.absolute().as_uri()}?mode=ro" if path.exists() else ":memory:"
    try:
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            yield connection
    except sqlite3.Error as error:
        raise explained(error, path) or error from error
