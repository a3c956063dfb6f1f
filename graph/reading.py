"""Hold what a role that reads is given, and what it returns; never stored."""

from __future__ import annotations

from dataclasses import dataclass

from graph.records import Passage, Span
from graph.untrusted import Untrusted


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """Hold a passage for a role that reads: its words, and what is known of their source."""

    passage: Passage
    text: Untrusted
    title: Untrusted
    published: str | None
    location: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """Hold a name found in a passage and not in the question: worth a follow-up search."""

    name: Untrusted
    span: Span
    score: float
