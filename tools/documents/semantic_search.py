"""Rank passages by their words and their meaning together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import fmean

from graph.embedder import Embedder, NearPassages, PassageVectors
from graph.events import Announce
from graph.ports import IndexHit, IndexHits
from graph.records import Run, Source, Unknown
from tools.documents.passage_embedding import NO_VECTORS, WORDS_ALONE, vectors_name
from tools.documents.rank import rank

BY_WORDS, BY_MEANING = 50, 100
"""The best passages of each ranking, which are ranked together."""
MEANING = 0.5
"""The weight of the cosine beside the score of the words; how it was measured stands in the README."""

Ranked = tuple[tuple[IndexHit, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedPassages:
    """Hold passages with their scores, best first, where their texts lie, and what is to be said of it."""

    ranked: Ranked
    sources: tuple[Source, ...]
    gaps: tuple[Unknown, ...] = ()


class SemanticSearch:
    """Add to what the words found what means the same."""

    def __init__(self, embedder: Embedder, vectors: PassageVectors) -> None:
        self._embedder = embedder
        self._vectors = vectors

    async def widened(
        self, run: Run, within: str, asked: tuple[str, Sequence[str]], hits: IndexHits, announce: Announce
    ) -> RankedPassages:
        """Return the passages that words or meaning rank high; by words alone where there is no vector.

        `asked` is the query as it was written, and its terms.
        """
        text, terms = asked
        by_words = rank(terms, hits)
        try:
            vector = await self._embedder.query(run, text, announce)
        except NO_VECTORS as error:
            gap = Unknown(kind=WORDS_ALONE, detail=f"a search went by words alone: {error}")
            return RankedPassages(ranked=by_words, sources=hits.sources, gaps=(gap,))
        model = await vectors_name(self._embedder)
        places = [hit.span for hit, _ in by_words[:BY_WORDS]]
        near = await self._vectors.near(within, model, vector, BY_MEANING, places)
        return RankedPassages(
            ranked=_together(by_words[:BY_WORDS], rank(terms, replace(hits, hits=near.hits)), near),
            sources=tuple(dict.fromkeys((*hits.sources, *near.sources))),
        )


def _together(by_words: Ranked, by_meaning: Ranked, near: NearPassages) -> Ranked:
    """Add the cosine to the score of the words; without a vector a passage counts as the mean of the others.

    So a collection whose vectors are still being made prefers neither those that have one nor the others.
    """
    known = near.cosines
    mean = fmean(known.values()) if known else 0.0
    words = {hit.span: (hit, score) for hit, score in (*by_meaning, *by_words)}
    scored = [(hit, score + MEANING * known.get(span, mean)) for span, (hit, score) in words.items()]
    return tuple(sorted(scored, key=lambda pair: -pair[1]))
