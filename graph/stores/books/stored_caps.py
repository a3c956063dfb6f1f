"""Store the caps that an operator sets: they hold for every process, from the next call on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from graph.caps import Cap, Scope, Window
from graph.options import Options

if TYPE_CHECKING:  # it imports asyncio, which lists need not wait for
    from graph.stores.db.db_worker import Connection, Row

CAP_TABLES = """
CREATE TABLE caps (
    scope TEXT NOT NULL, subject TEXT NOT NULL, "window" TEXT NOT NULL,
    micros INTEGER NOT NULL CHECK (micros >= 0), PRIMARY KEY (scope, subject, "window")
) WITHOUT ROWID;
CREATE TABLE tallies (
    scope TEXT NOT NULL, subject TEXT NOT NULL, "window" TEXT NOT NULL,
    used INTEGER NOT NULL, cutoff REAL NOT NULL, warned REAL, warned_of INTEGER,
    PRIMARY KEY (scope, subject, "window")
) WITHOUT ROWID;
"""

# A cap with a subject comes later and replaces the one of its scope without a subject.
_APPLYING = """
SELECT scope, subject, "window", micros FROM caps
WHERE scope = 'all' OR (scope = 'user' AND subject IN ('', :user))
   OR (scope = 'tool' AND subject IN ('', :tool))
   OR (scope = 'model' AND subject IN ('', :model) AND :model <> '')
ORDER BY subject
"""
_SHARED = """
SELECT "window", micros FROM caps WHERE scope = 'all' AND "window" NOT IN (
    SELECT "window" FROM caps WHERE scope = 'user' AND subject IN ('', :user)
)
"""
_SET = """
INSERT INTO caps (scope, subject, "window", micros) VALUES (:scope, :subject, :window, :micros)
ON CONFLICT (scope, subject, "window") DO UPDATE SET micros = :micros
"""
_UNSET = 'DELETE FROM caps WHERE scope = :scope AND subject = :subject AND "window" = :window'
_FORGET = 'DELETE FROM tallies WHERE scope = :scope AND "window" = :window'
_ALL = 'SELECT scope, subject, "window", micros FROM caps ORDER BY scope, subject, "window" DESC'


def set_cap(connection: Connection, cap: Cap) -> None:
    """Set a cap of a user, a tool, a model or the installation, within the caller's transaction.

    Tallies of an earlier cap are deleted: without a cap no reservation moved them on.
    """
    connection.execute(_SET, {**_key(cap), "micros": cap.micros})
    connection.execute(_FORGET, _key(cap))


def unset_cap(connection: Connection, cap: Cap) -> bool:
    """Remove a cap, whatever its amount; tell whether there was one."""
    return connection.execute(_UNSET, _key(cap)).rowcount > 0


def all_caps(connection: Connection) -> list[Cap]:
    """Return every cap that is set."""
    return [_cap(row) for row in connection.execute(_ALL)]


def applying(connection: Connection, subjects: dict[Scope, str]) -> list[Cap]:
    """Return the caps that apply to a call, each with the call's own subject."""
    rows = connection.execute(_APPLYING, {str(scope): subject for scope, subject in subjects.items()})
    nearest = {(cap.scope, cap.window): cap for cap in map(_cap, rows)}
    return [replace(cap, subject=subjects[cap.scope]) for cap in nearest.values()]


def shares(connection: Connection, options: Options) -> list[Cap]:
    """Return the caps of a user without one of their own: a share of those of the installation."""
    rows = connection.execute(_SHARED, {"user": options.user}) if options.share else ()
    return [
        Cap(
            scope=Scope.USER,
            subject=options.user,
            window=Window(window),
            micros=micros * options.share // 100,
        )
        for window, micros in rows
    ]


def _cap(row: Row) -> Cap:
    scope, subject, window, micros = row
    return Cap(scope=Scope(scope), subject=subject, window=Window(window), micros=micros)


def _key(cap: Cap) -> dict[str, object]:
    return {"scope": cap.scope, "subject": cap.subject, "window": cap.window}
