"""Make reports worth reading: two lines of inquiry, a disagreement, a doubt, and words that try things."""

from __future__ import annotations

from typing import Any

from graph.records import source_id
from graph.untrusted import Untrusted
from tests.ui.report import examples

LONG = "The opening words stand here.\n\n" + "A filler sentence of no weight. " * 400 + "It ends."
OLDER = "The limit is five seconds."
NEWER = "The limit is two seconds."
OWNER = "ann"


def claim(place: int, text: str, quote: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401  # any field
    """Make a claim that is its quote."""
    return {**examples.claim(place, text, quote), **more}


def disputed() -> dict[str, Any]:
    """Return a report of two lines of inquiry: the first is disputed, the second has no answer."""
    claims = [
        claim(1, NEWER, NEWER, independent_sources=1, against=["c2"]),
        claim(2, OLDER, OLDER, independent_sources=1, verdict="contradicted"),
        claim(3, examples.ALPHA, "Its output doubled.", independent_sources=3),
    ]
    return {
        **examples.report(),
        "question": "How long may a call take, and who owns Xylotron?",
        "status": "partly answered",
        "reason": "1 of 2 questions got no answer",
        "claims": claims,
        "sources": [examples.source(text, title) for text, title in SOURCES],
        "answer": (
            "**How long may a call take?**\n\n"
            f"{NEWER} [1]\n{OLDER} [2]\nIts output doubled. [3]\n\n"
            "**Who owns Xylotron?**\n\nThe sources do not say."
        ),
        "unknowns": [
            {"kind": "single_source", "detail": "claims 1, 2 rest on one source only"},
            {"kind": "unanswered", "detail": "no answer was found to: Who owns Xylotron?"},
            {"kind": "contradicted", "detail": "claim 2 disagrees with claim 1"},
            {"kind": "brand_new", "detail": "nobody knows"},
        ],
    }


SOURCES = ((NEWER, "new"), (OLDER, "old"), (examples.ALPHA, "alpha"))


def silent(question: str) -> dict[str, Any]:
    """Return a report that found nothing."""
    return {
        **examples.report(),
        "question": question,
        "status": "not answered",
        "reason": "2 sources read, and none gives an answer that can be relied on",
        "answer": "The sources do not say.",
        "claims": [],
        "sources": [],
        "unknowns": [{"kind": "unanswered", "detail": f"no answer was found to: {question}"}],
    }


def texts() -> dict[str, Untrusted]:
    """Return the stored texts of all of them."""
    known = (NEWER, OLDER, LONG, examples.ALPHA, examples.BETA)
    return {source_id(text): Untrusted(text) for text in known}
