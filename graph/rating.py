"""Rate how far a source may be trusted, judged by its address and what it says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from graph.immutable import Frozen

LEAST_HIGH = 70
LEAST_MEDIUM = 40


class Grade(StrEnum):
    """Name the credibility of a source in a word."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    UNRATED = "not rated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating(Frozen):
    """Rate a source from 0 to 100, or None where too little is known, with the reasons."""

    source: str
    score: int | None = None
    reasons: tuple[str, ...] = ()

    @property
    def grade(self) -> Grade:
        """Return the word for the score."""
        if self.score is None:
            return Grade.UNRATED
        if self.score >= LEAST_HIGH:
            return Grade.HIGH
        return Grade.MEDIUM if self.score >= LEAST_MEDIUM else Grade.LOW
