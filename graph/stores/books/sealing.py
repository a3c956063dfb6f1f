"""Seal a run: its report, its row and the last entry of its audit chain change together or not at all."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from graph.records import Crossed
from graph.stores.books import audit
from graph.stores.db.db_worker import Connection
from guards.claims.sealed_report import SEALED, digest_of

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
    audit.append(connection, run_id, now, "crossings", {"crossed": crossed})
    ending: dict[str, object] = {"status": report["status"], "report": digest_of(report)}
    whole = {**report, "audit_head": audit.append(connection, run_id, now, SEALED, ending)}
    written = json.dumps(whole, ensure_ascii=False)
    connection.execute(_STORE, {"id": run_id, "status": report["status"], "now": now, "report": written})
    return whole


def _sealed(connection: Connection, run_id: str) -> dict[str, Any] | None:
    row = connection.execute(_STORED, {"id": run_id}).fetchone()
    stored: dict[str, Any] | None = json.loads(row[0]) if row and row[0] else None
    return stored if stored and stored.get("audit_head") == audit.head(connection, run_id)[1] else None
