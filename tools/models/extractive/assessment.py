"""Cut excerpts into the candidates that may answer a question, and describe each by its features."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.reading import Excerpt
from tools.models.extractive.bridges import Bridge, bridges
from tools.models.extractive.candidate import Candidate
from tools.models.extractive.features import features
from tools.models.extractive.inquiry import Inquiry, inquire
from tools.models.extractive.pool import candidates
from tools.models.extractive.shapes import shape, suits


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """Hold what a question asks, the candidates for it, their bridges and a row of features for each."""

    inquiry: Inquiry
    pool: tuple[Candidate, ...]
    found: Mapping[int, Bridge]
    rows: Sequence[tuple[float, ...]]


def assess(question: str, excerpts: Sequence[Excerpt]) -> Assessment | None:
    """Return the candidates of excerpts with their features; None where there are none."""
    cut = candidates(excerpts, shape(question))
    if not cut:
        return None
    inquiry = inquire(question, _frequencies(cut), len(cut))
    pool = (
        tuple(candidate for candidate in cut if suits(inquiry.shape, inquiry.answer, question, candidate))
        or cut
    )
    found = bridges(inquiry, pool)
    return Assessment(inquiry=inquiry, pool=pool, found=found, rows=features(inquiry, pool, found))


def _frequencies(pool: Sequence[Candidate]) -> Counter[str]:
    """Count the candidates that have each word; a word of a heading or title alone counts once."""
    counted = Counter(word for candidate in pool for word in candidate.terms)
    for candidate in pool:
        for word in candidate.passage.union(candidate.title):
            counted[word] = counted[word] or 1
    return counted
