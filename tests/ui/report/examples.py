"""Make a small report, true in every word, for tests to spoil."""

from __future__ import annotations

import json
from typing import Any

from graph.records import source_id
from graph.untrusted import Untrusted
from guards.claims.report_claims import Citation
from guards.claims.sealed_report import GENESIS, SEALED, AuditEntry, digest_of, entry_hash
from ui.report.proof import Proof

ALPHA = "The Alpha plant opened in 1971.\nIt stands in Évora and employs 240 people 😀. Its output doubled."
BETA = "Beta was founded in 1984 as a small mill.\n\nIts owner is the city of Braga."
GAMMA = "A third text that nobody cites stays out of this report."
QUOTES = (
    (ALPHA, "The Alpha plant opened in 1971."),
    (ALPHA, "Its output doubled."),
    (BETA, "Beta was founded in 1984 as a small mill."),
)


def citation(text: str, quote: str) -> dict[str, Any]:
    """Cite the first place where the quote stands."""
    start = text.index(quote)
    end = start + len(quote)
    return {"source": source_id(text), "start": start, "end": end, "quote": quote, "sentence": [start, end]}


def claim(number: int, text: str, quote: str) -> dict[str, Any]:
    """Make a claim that is its quote."""
    return {
        "id": f"c{number}",
        "text": quote,
        "verdict": "supported",
        "confidence": 0.9,
        "citations": [citation(text, quote)],
    }


def source(text: str, title: str) -> dict[str, Any]:
    """Describe a stored text."""
    return {
        "id": source_id(text),
        "title": title,
        "location": f"/documents/{title}.txt",
        "published": "1999-05",
        "retrieved_at": "2026-01-02T03:04:05+00:00",
    }


def earlier() -> dict[str, Any]:
    """Return the same report as an earlier release wrote it: version 1 of the record."""
    made = report()
    del made["reason"]
    for each in made["claims"]:
        del each["citations"][0]["sentence"]
    return {**made, "schema": "attest.report/1", "status": "complete", "audit_head": source_id("head")}


def chain(made: dict[str, Any]) -> tuple[AuditEntry, ...]:
    """Return the chain that seals a report, whose head it is given."""
    entries: list[AuditEntry] = []
    previous = GENESIS
    details: list[tuple[str, dict[str, object]]] = [
        ("call", {"task": "refresh", "tool": "documents.refresh", "cost": 0}),
        ("crossings", {"crossed": []}),
        (SEALED, {"status": made["status"], "report": digest_of(made)}),
    ]
    for position, (kind, detail) in enumerate(details, start=1):
        fields = (position, 1767323045.5, kind, json.dumps(detail, sort_keys=True), previous)
        previous = entry_hash(made["run_id"], *fields)
        names = ("position", "at", "kind", "detail", "previous")
        entries.append(AuditEntry(**dict(zip(names, fields, strict=True)), hash=previous))  # type: ignore[arg-type]
    made["audit_head"] = previous
    return tuple(entries)


def proof(made: dict[str, Any]) -> Proof:
    """Return what proves a report; it is given the head of its chain."""
    return Proof(texts={source_id(text): Untrusted(text) for text in (ALPHA, BETA)}, chain=chain(made))


def report() -> dict[str, Any]:
    """Return a report of three claims out of two sources, sealed by its chain."""
    made = {
        "schema": "attest.report/2",
        "run_id": "20260102-030405-abcdef",
        "question": "Which plant opened first?",
        "status": "answered",
        "reason": "2 sources read",
        "answer": "\n".join(f"{quote} [{number}]" for number, (_, quote) in enumerate(QUOTES, start=1)),
        "claims": [claim(number, text, quote) for number, (text, quote) in enumerate(QUOTES, start=1)],
        "sources": [source(ALPHA, "alpha"), source(BETA, "beta")],
        "unknowns": [{"kind": "single_source", "detail": "claim c1 rests on one source"}],
        "cost": {"usd": "0.00", "calls": 2, "by_tool": {"documents.search": "0.00"}, "by_model": {}},
        "timings": {
            "started": "2026-01-02T03:04:05.000+00:00",
            "finished": "2026-01-02T03:04:06.500+00:00",
            "seconds": 1.5,
            "phases": {"INITIALIZING": 0.1, "MONITORING": 0.0},
        },
    }
    chain(made)
    return made


def stored() -> dict[str, bytes | None]:
    """Return the bytes of its sources."""
    return {source_id(text): text.encode() for text in (ALPHA, BETA)}


def revealed(cited: Citation) -> dict[str, Any]:
    """Write a citation as the report holds it."""
    return {
        "source": cited.source,
        "start": cited.start,
        "end": cited.end,
        "quote": cited.quote.reveal(),
    }
