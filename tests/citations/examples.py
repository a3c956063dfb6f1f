"""Make a small report, true in every word, for tests to spoil."""

from __future__ import annotations

from typing import Any

from graph.records import Citation, source_id

ALPHA = "The Alpha plant opened in 1971.\nIt stands in Évora and employs 240 people. 😀 Its output doubled."
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
    return {"source": source_id(text), "start": start, "end": start + len(quote), "quote": quote}


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


def report() -> dict[str, Any]:
    """Return a report of three claims out of two sources."""
    return {
        "schema": "attest.report/1",
        "run_id": "20260102-030405-abcdef",
        "question": "Which plant opened first?",
        "status": "complete",
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
        "audit_head": source_id("head"),
    }


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
