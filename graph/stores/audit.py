"""Keep what happened as a chain: each entry holds the hash of the one before it."""

from __future__ import annotations

import hashlib
import json

from graph.stores.lane import Connection

AUDIT_TABLES = """
CREATE TABLE audit (
    run TEXT NOT NULL, position INTEGER NOT NULL, at REAL NOT NULL, kind TEXT NOT NULL,
    detail TEXT NOT NULL, previous TEXT NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (run, position)
);
"""

GENESIS = "0" * 64


def append(connection: Connection, run_id: str, at: float, kind: str, detail: dict[str, object]) -> str:
    """Append an entry to the chain of a run, within the caller's transaction; return the new head."""
    position, previous = head(connection, run_id)
    body = json.dumps(detail, ensure_ascii=False, sort_keys=True)
    entry = (run_id, position + 1, at, kind, body, previous)
    connection.execute(
        "INSERT INTO audit (run, position, at, kind, detail, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (*entry, (digest := entry_hash(*entry))),
    )
    return digest


def head(connection: Connection, run_id: str) -> tuple[int, str]:
    """Return the position and the hash of the last entry of a run; (0, zeros) when there is none."""
    row = connection.execute(
        "SELECT position, hash FROM audit WHERE run = :run ORDER BY position DESC LIMIT 1", {"run": run_id}
    ).fetchone()
    return (0, GENESIS) if row is None else (row[0], row[1])


def entry_hash(run_id: str, position: int, at: float, kind: str, body: str, previous: str) -> str:
    """Return the sha256 of an entry: its fields as a JSON array."""
    return hashlib.sha256(json.dumps([run_id, position, at, kind, body, previous]).encode()).hexdigest()


def broken_at(connection: Connection, run_id: str) -> int | None:
    """Return the position of the first entry whose hash or link does not hold, or None."""
    previous = GENESIS
    rows = connection.execute(
        "SELECT position, at, kind, detail, previous, hash FROM audit WHERE run = :run ORDER BY position",
        {"run": run_id},
    )
    for expected, (position, at, kind, body, link, digest) in enumerate(rows, start=1):
        sound = position == expected and link == previous
        if not sound or digest != entry_hash(run_id, position, at, kind, body, link):
            return expected
        previous = digest
    return None
