"""A statement that may become a claim, with the words around it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from graph.records import Span


class Unit(StrEnum):
    """Name what a candidate is cut from."""

    SENTENCE = "sentence"
    PAIR = "pair"
    ITEM = "item"
    ROW = "row"
    CODE = "code"
    HEADING = "heading"
    LIST = "list"
    STEPS = "steps"
    EXAMPLE = "example"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Hold one statement that may become a claim: its spans, its words in order and those around it.

    `subject` is what it is said of: its heading, the lead-in of its list, the header of its table. `near` are
    the statements beside it, `passage` all words of its excerpt, `context` what is needed to understand it.
    `parts` are the statements it holds, in offsets of its text.
    """

    spans: tuple[Span, ...]
    text: str
    unit: Unit
    branch: str
    rank: int
    place: float
    title: tuple[str, ...]
    words: tuple[str, ...]
    terms: frozenset[str]
    heading: frozenset[str]
    subject: frozenset[str]
    near: frozenset[str]
    passage: frozenset[str]
    document: frozenset[str]
    context: frozenset[str]
    parts: tuple[tuple[int, int], ...]
    first: bool

    @property
    def span(self) -> Span:
        """Return the place from the start of its first span to the end of its last."""
        return Span(source=self.spans[0].source, start=self.spans[0].start, end=self.spans[-1].end)

    def overlaps(self, other: Candidate) -> bool:
        """Tell whether both quote some of the same words."""
        return any(
            one.source == two.source and one.start < two.end and two.start < one.end
            for one in self.spans
            for two in other.spans
        )
