"""Choose items that are relevant and unlike each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence


def diversify(
    relevance: Sequence[float], alike: Callable[[int, int], float], count: int, trade: float
) -> list[int]:
    """Return up to `count` indices by maximal marginal relevance (Carbonell & Goldstein 1998), best first.

    `trade` in 0..1 is the share of relevance against likeness, in 0..1, to what is chosen already.
    """
    left = sorted(range(len(relevance)), key=lambda at: (-relevance[at], at))
    likeness = [0.0] * len(relevance)
    chosen: list[int] = []
    while left and len(chosen) < count:
        best = max(left, key=lambda at: (trade * relevance[at] - (1 - trade) * likeness[at], -at))
        left.remove(best)
        chosen.append(best)
        for at in left:
            likeness[at] = max(likeness[at], alike(at, best))
    return chosen
