"""Fuse the rankings of one question and its follow-ups into one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph.records import Passage, Span

KEPT = 4
_DAMPING = 60  # as in the paper; only the order matters


def fuse(rankings: Sequence[Sequence[Passage]]) -> tuple[Passage, ...]:
    """Return each passage once, best first: the first ranking is the question's, the others its follow-ups'.

    The question's first four passages lead, then the first of each follow-up in order, then the rest in turn.
    Scores are reciprocal ranks (Cormack, Clarke and Buettcher 2009), which can be compared across rankings.
    """
    placed: dict[Span, tuple[int, Passage]] = {}
    for place, passage in _placed([_distinct(ranking) for ranking in rankings]):
        if passage.span not in placed or place < placed[passage.span][0]:
            placed[passage.span] = (place, passage)
    order = sorted(placed.values(), key=lambda pair: pair[0])
    return tuple(
        Passage(span=passage.span, score=1 / (_DAMPING + at), branch=passage.branch)
        for at, (_, passage) in enumerate(order, start=1)
    )


def _distinct(ranking: Sequence[Passage]) -> list[Passage]:
    """Sort a ranking that several searches may have brought, each span once."""
    best: dict[Span, Passage] = {}
    for passage in sorted(ranking, key=lambda passage: -passage.score):
        best.setdefault(passage.span, passage)
    return list(best.values())


def _placed(rankings: Sequence[Sequence[Passage]]) -> Iterator[tuple[int, Passage]]:
    """Yield passages with the place each ranking gives them in the fused one."""
    for at, ranking in enumerate(rankings):
        for rank, passage in enumerate(ranking):
            if at == 0:
                yield (rank if rank < KEPT else KEPT + (rank - KEPT + 1) * len(rankings)), passage
            else:
                yield KEPT + rank * len(rankings) + at, passage
