"""Fuse rankings into one."""

from __future__ import annotations

from collections.abc import Sequence

from graph.records import Passage, Span


def fuse(rankings: Sequence[Sequence[Passage]]) -> tuple[Passage, ...]:
    """Fuse rankings by reciprocal rank."""
    best: dict[Span, Passage] = {}
    scores: dict[Span, float] = {}
    for ranking in rankings:
        for rank, passage in enumerate(ranking):
            best.setdefault(passage.span, passage)
            scores[passage.span] = scores.get(passage.span, 0.0) + 1 / (60 + rank)
    return tuple(best[span] for span in sorted(best, key=lambda span: -scores[span]))
