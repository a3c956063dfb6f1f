"""Write the audit chain of a run as JSON lines, and read it back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from guards.claims.sealed_report import AuditEntry, sealed_by
from guards.strict_json import read_json

CHAIN = "audit.jsonl"

_TYPES = {"position": int, "at": float, "kind": str, "detail": dict, "previous": str, "hash": str}


def chain_to(head: str, chain: Sequence[AuditEntry]) -> tuple[AuditEntry, ...]:
    """Return the chain to the entry that seals a report with this head; none where it seals no report."""
    at = next((at for at, entry in enumerate(chain, start=1) if entry.hash == head), 0)
    return tuple(chain[:at]) if "report" in sealed_by(chain[:at]) else ()


def write_chain(chain: Sequence[AuditEntry]) -> str:
    """Write one entry a line."""
    return "".join(f"{json.dumps(_line(entry))}\n" for entry in chain)


def read_chain(text: str) -> tuple[AuditEntry, ...]:
    """Read what `write_chain` wrote; raise ValueError, naming the line, for anything else."""
    return tuple(_entry(line, number) for number, line in enumerate(text.split("\n")[:-1], start=1))


def _line(entry: AuditEntry) -> dict[str, Any]:
    return {
        "position": entry.position,
        "at": entry.at,
        "kind": entry.kind,
        "detail": json.loads(entry.detail),
        "previous": entry.previous,
        "hash": entry.hash,
    }


def _entry(line: str, number: int) -> AuditEntry:
    try:
        read = read_json(line)
    except ValueError as error:
        raise ValueError(f"line {number}: {error}") from None
    if not isinstance(read, dict) or {name: type(value) for name, value in read.items()} != _TYPES:
        raise ValueError(f"line {number} is no entry")
    return AuditEntry(**{**read, "detail": json.dumps(read["detail"], ensure_ascii=False, sort_keys=True)})
