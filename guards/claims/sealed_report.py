"""Is a report the one that its audit chain seals?"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from guards.claims.findings import Finding, FindingKind

GENESIS = "0" * 64
SEALED = "sealed"
"""The kind of the entry that ends a chain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """Hold one entry of an audit chain; `detail` is JSON text, `at` is in seconds since the epoch."""

    position: int
    at: float
    kind: str
    detail: str
    previous: str
    hash: str


def digest_of(report: Mapping[str, Any]) -> str:
    """Return the sha256 of a report without its `audit_head`: JSON with sorted names, no blanks, in ASCII."""
    bare = {name: value for name, value in report.items() if name != "audit_head"}
    return hashlib.sha256(json.dumps(bare, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def entry_hash(run_id: str, position: int, at: float, kind: str, detail: str, previous: str) -> str:
    """Return the sha256 of an entry: its fields as a JSON array."""
    return hashlib.sha256(json.dumps([run_id, position, at, kind, detail, previous]).encode()).hexdigest()


def broken_at(run_id: str, chain: Sequence[AuditEntry]) -> int | None:
    """Return the position, from 1, of the first entry whose place, link or hash does not hold, or None."""
    previous = GENESIS
    for expected, entry in enumerate(chain, start=1):
        fields = (run_id, entry.position, entry.at, entry.kind, entry.detail, entry.previous)
        if (entry.position, entry.previous, entry.hash) != (expected, previous, entry_hash(*fields)):
            return expected
        previous = entry.hash
    return None


def sealed_by(chain: Sequence[AuditEntry]) -> dict[str, Any]:
    """Return what the last entry says of the report it seals, by name; nothing where it seals none."""
    if not chain or chain[-1].kind != SEALED:
        return {}
    read = json.loads(chain[-1].detail)
    return read if isinstance(read, dict) else {}


def check_seal(report: Mapping[str, Any], chain: Sequence[AuditEntry]) -> Iterator[Finding]:
    """Find where a report and the chain that was published with it do not fit."""
    if (at := broken_at(str(report.get("run_id")), chain)) is not None:
        yield _broken(f"entry {at} was changed, or one before it is gone")
    if not chain or chain[-1].hash != report.get("audit_head"):
        yield _broken("it does not end at the audit_head of the report")
    elif sealed_by(chain).get("report") != digest_of(report):
        yield _changed("the report is not the one that its chain seals: something in it was changed")


def check_known(
    report: Mapping[str, Any], chain: Sequence[AuditEntry], known: Sequence[AuditEntry]
) -> Iterator[Finding]:
    """Find where a report and its chain differ from what the database that made them stores of the run."""
    if (at := broken_at(str(report.get("run_id")), known)) is not None:
        yield _broken(f"entry {at} of the chain in the database was changed, or one before it is gone")
    head = report.get("audit_head")
    ending = next((at for at, entry in enumerate(known, start=1) if entry.hash == head), None)
    if ending is None:
        yield _changed("the database knows this run, and it never ended with this audit_head")
        return
    sealed = sealed_by(known[:ending]).get("report")
    if sealed is not None and sealed != digest_of(report):
        yield _changed("the database knows this run, and the report it sealed was another")
    if sealed is not None and tuple(chain) != tuple(known[:ending]):
        yield _broken("it is not the chain of this run in the database")


def _broken(detail: str) -> Finding:
    return Finding(kind=FindingKind.BROKEN_CHAIN, detail=detail)


def _changed(detail: str) -> Finding:
    return Finding(kind=FindingKind.CHANGED_RECORD, detail=detail)
