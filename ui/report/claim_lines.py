"""Show what a claim says: as the lines of its source where it is quoted, else as a model worded it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from guards.visible_text import one_line
from ui.report.readable_lines import LineKind, ReadableLine, readable_lines


def claim_lines(claim: Mapping[str, Any]) -> tuple[ReadableLine, ...]:
    """Return the lines of a claim; lists, rows and code keep their lines where the claim is its quotes.

    A claim that is nothing but markup is shown as it stands.
    """
    quotes = [str(cited["quote"]) for cited in claim["citations"] if not cited.get("confirms")]
    if "wording" in claim or " ".join(" ".join(quotes).split()) != " ".join(claim["text"].split()):
        quotes = [claim["text"]]
    lines = tuple(line for quote in quotes for line in readable_lines(quote))
    return lines or (ReadableLine(kind=LineKind.TEXT, text=one_line(claim["text"])),)


def claim_text(claim: Mapping[str, Any]) -> str:
    """Return what a claim says on one line."""
    lines = claim_lines(claim)
    return " ".join(line.words(marked=len(lines) > 1) for line in lines)
