"""Choose items that are relevant and unlike each other."""

from __future__ import annotations

from collections.abc import Sequence


def diversify(
    relevance: Sequence[float], words: Sequence[frozenset[str]], count: int, trade: float
) -> list[int]:
    """Return up to `count` indices by maximal marginal relevance (Carbonell & Goldstein 1998), best first.

    `trade` in 0..1 is the share of relevance against similarity to what is chosen (overlap of the shorter).
    """
    left = sorted(range(len(relevance)), key=lambda at: (-relevance[at], at))
    likeness = [0.0] * len(relevance)
    chosen: list[int] = []
    while left and len(chosen) < count:
        best = max(left, key=lambda at: (trade * relevance[at] - (1 - trade) * likeness[at], -at))
        left.remove(best)
        chosen.append(best)
        for at in left:
            likeness[at] = max(likeness[at], _overlap(words[at], words[best]))
    return chosen


def _overlap(left: frozenset[str], right: frozenset[str]) -> float:
    shorter = min(len(left), len(right))
    return len(left & right) / shorter if shorter else 1.0
