"""Hold what a role that reads is given, and what it returns; never stored."""

from __future__ import annotations

from dataclasses import dataclass

from graph.outline import Heading, Outline
from graph.records import Passage, Span
from graph.untrusted import Untrusted

_NOTHING = Untrusted("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """Hold a passage for a role that reads: its words, and what is known of their source.

    `context` holds the headings above it and what its list or table hangs on, one a line; `outline` describes
    the passage, in offsets of the source; `headings` are those of its whole document, in order.
    """

    passage: Passage
    text: Untrusted
    title: Untrusted
    published: str | None
    location: str = ""
    context: Untrusted = _NOTHING
    outline: Outline = ()
    headings: tuple[Heading, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """Hold a name found in a passage and not in the question: worth a follow-up search."""

    name: Untrusted
    span: Span
    score: float
