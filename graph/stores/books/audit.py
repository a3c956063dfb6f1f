"""Store what happened as a chain: each entry holds the hash of the one before, the last seals the report."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from graph.config.database_address import Location
from graph.records import Crossed
from graph.stores.db.db_worker import Connection
from graph.stores.db.read_only import columns, reading
from guards.claims.sealed_report import GENESIS, SEALED, AuditEntry, digest_of, entry_hash

AUDIT_TABLES = """
CREATE TABLE audit (
    run TEXT NOT NULL, position INTEGER NOT NULL, at REAL NOT NULL, kind TEXT NOT NULL,
    detail TEXT NOT NULL, previous TEXT NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (run, position)
);
"""

_HEAD = "SELECT position, hash FROM audit WHERE run = :run ORDER BY position DESC LIMIT 1"
_CHAIN = """
SELECT position, at, kind, detail, previous, hash FROM audit WHERE run = :run ORDER BY position
"""
_APPEND = "INSERT INTO audit (run, position, at, kind, detail, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?)"


def append(connection: Connection, run_id: str, at: float, kind: str, detail: dict[str, object]) -> str:
    """Append an entry to the chain of a run, within the caller's transaction; return the new head."""
    position, previous = head(connection, run_id)
    body = json.dumps(detail, ensure_ascii=False, sort_keys=True)
    entry = (run_id, position + 1, at, kind, body, previous)
    connection.execute(_APPEND, (*entry, (digest := entry_hash(*entry))))
    return digest


def head(connection: Connection, run_id: str) -> tuple[int, str]:
    """Return the position and the hash of the last entry of a run; (0, zeros) when there is none."""
    row = connection.execute(_HEAD, {"run": run_id}).fetchone()
    return (0, GENESIS) if row is None else (row[0], row[1])


def chain(connection: Connection, run_id: str) -> tuple[AuditEntry, ...]:
    """Return the entries of a run in order."""
    return tuple(
        AuditEntry(position=position, at=at, kind=kind, detail=detail, previous=previous, hash=digest)
        for position, at, kind, detail, previous, digest in connection.execute(_CHAIN, {"run": run_id})
    )


def read_chain(location: Location, run_id: str) -> tuple[AuditEntry, ...]:
    """Return the entries of a run, read only; none for an unknown run.

    Raises Misconfigured when the database cannot be read.
    """
    with reading(location) as connection:
        return chain(connection, run_id) if columns(connection, location, "audit") else ()


_STORED = "SELECT report FROM runs WHERE id = :id"
_STORE = "UPDATE runs SET status = :status, updated = :now, report = :report WHERE id = :id"


def seal(
    connection: Connection, run_id: str, now: float, crossings: Sequence[Crossed], report: Mapping[str, Any]
) -> dict[str, Any]:
    """Append the crossings and the digest of the report to the chain; store the report with its head.

    A run that was killed between its seal and its next checkpoint comes here again and gets the stored
    report.
    """
    if stored := _sealed(connection, run_id):
        return stored
    crossed: list[object] = [[c.crossing, c.source, c.characters, c.digest] for c in crossings]
    append(connection, run_id, now, "crossings", {"crossed": crossed})
    ending: dict[str, object] = {"status": report["status"], "report": digest_of(report)}
    whole = {**report, "audit_head": append(connection, run_id, now, SEALED, ending)}
    written = json.dumps(whole, ensure_ascii=False)
    connection.execute(_STORE, {"id": run_id, "status": report["status"], "now": now, "report": written})
    return whole


def _sealed(connection: Connection, run_id: str) -> dict[str, Any] | None:
    row = connection.execute(_STORED, {"id": run_id}).fetchone()
    stored: dict[str, Any] | None = json.loads(row[0]) if row and row[0] else None
    return stored if stored and stored.get("audit_head") == head(connection, run_id)[1] else None
