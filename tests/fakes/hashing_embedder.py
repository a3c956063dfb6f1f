"""An embedder that means words: each goes to a dimension by its digest, and synonyms to the same."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from graph.embedder import Vector
from graph.events import Announce
from graph.records import Run
from graph.untrusted import Untrusted
from tools.models.embedding.quantise import quantised

DIMENSIONS = 64


@dataclass(slots=True, kw_only=True)
class HashingEmbedder:
    """Hash the words of a text into dimensions, and count what was asked.

    `synonyms` maps a word to the one it means; `before` is called with each batch and may raise.
    """

    batch: int = 4
    model: str = "hashing-1"
    synonyms: Mapping[str, str] = field(default_factory=dict)
    before: Callable[[Sequence[str]], None] = lambda _: None
    embedded: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    async def fingerprint(self) -> str:
        return self.model

    async def passages(self, run: Run, texts: Sequence[Untrusted], announce: Announce) -> Sequence[Vector]:
        revealed = [text.reveal() for text in texts]
        self.before(revealed)
        self.embedded += revealed
        return [self._vector(text) for text in revealed]

    async def query(self, run: Run, text: str, announce: Announce) -> Vector:
        self.before([text])
        self.asked.append(text)
        return self._vector(text)

    def _vector(self, text: str) -> Vector:
        counts = [0.0] * DIMENSIONS
        for word in text.lower().replace(".", " ").replace("?", " ").split():
            meant = self.synonyms.get(word, word)
            counts[hashlib.sha256(meant.encode()).digest()[0] % DIMENSIONS] += 1
        return quantised(counts)
