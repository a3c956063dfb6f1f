"""Define how passages are found by their meaning: what turns texts into vectors, and what stores these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from graph.events import Announce
from graph.ports import IndexHit
from graph.records import Run, Source, Span
from graph.untrusted import Untrusted

Vector: TypeAlias = bytes
"""A signed byte for each dimension. Only its direction counts."""


class Embedder(Protocol):
    """Turn texts into vectors: the nearer two texts are in meaning, the smaller the angle between theirs.

    Each method raises Unavailable, Unusable, Refused or Exhausted where there are no vectors now, and
    Misconfigured where an operator must mend something.
    """

    @property
    def batch(self) -> int:
        """Return how many passages to ask for at once."""

    async def fingerprint(self) -> str:
        """Return what its vectors depend on: those of two fingerprints cannot be compared."""

    async def passages(self, run: Run, texts: Sequence[Untrusted], announce: Announce) -> Sequence[Vector]:
        """Return a vector for each passage, in order."""

    async def query(self, run: Run, text: str, announce: Announce) -> Vector:
        """Return the vector of a query."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BarePassage:
    """Hold a passage without a vector: its id, its place, and the title and headings it stands under."""

    id: int
    span: Span
    title: Untrusted
    above: Untrusted


@dataclass(frozen=True, slots=True, kw_only=True)
class NearPassages:
    """Hold the passages nearest to a vector, best first, and cosines of passages by their places."""

    hits: tuple[IndexHit, ...] = ()
    cosines: Mapping[Span, float]
    sources: tuple[Source, ...] = ()


class PassageVectors(Protocol):
    """Store the vectors of indexed passages; a vector goes with its passage."""

    async def counts(self, collection: str, model: str) -> tuple[int, int]:
        """Return how many passages of a collection have a vector of a model, and how many there are."""

    async def bare(
        self, collection: str, model: str, limit: int, after: BarePassage | None = None
    ) -> Sequence[BarePassage]:
        """Return passages without a vector of a model, in an order that stays, from behind one of them."""

    async def keep(self, collection: str, model: str, vectors: Sequence[tuple[BarePassage, Vector]]) -> None:
        """Store vectors in place of those of other models; what is no longer indexed is left out."""

    async def near(
        self, collection: str, model: str, vector: Vector, limit: int, also: Sequence[Span]
    ) -> NearPassages:
        """Return the nearest passages, with their cosines and those of other passages by their places."""
