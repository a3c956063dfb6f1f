"""Hold what proves a report: the texts it cites and the chain that seals it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph.untrusted import Untrusted
from guards.claims.sealed_report import AuditEntry

if TYPE_CHECKING:
    from graph.run.application import Application

Texts = Mapping[str, Untrusted]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """Hold the stored texts by source id, and the audit chain of the run."""

    texts: Texts = field(default_factory=dict)
    chain: tuple[AuditEntry, ...] = ()


async def proof_of(app: Application, report: Mapping[str, object]) -> Proof:
    """Return the stored texts and chain that prove a report."""
    texts = await app.texts(source_ids(report))
    return Proof(texts=texts, chain=await app.chain(str(report["run_id"])))


def source_ids(report: Mapping[str, object]) -> list[str]:
    """Return the ids of the sources a report names."""
    sources = report["sources"]
    return [str(source["id"]) for source in sources] if isinstance(sources, list) else []
