"""Tell near copies from independent texts by their shingles (Broder 1997, resemblance and containment)."""

from __future__ import annotations

from tools.lexicon import tokens

_WIDTH = 4
_NEAR = 0.6

Shingles = frozenset[tuple[str, ...]]


def shingles(text: str) -> Shingles:
    """Return the runs of four stems of a text; a shorter text is one shingle."""
    words = [token.stem for token in tokens(text)]
    last = max(1, len(words) - _WIDTH + 1)
    return frozenset(tuple(words[at : at + _WIDTH]) for at in range(last)) if words else frozenset()


def resemblance(left: Shingles, right: Shingles) -> float:
    """Return the Jaccard index of two sets of shingles, in 0..1."""
    union = len(left | right)
    return len(left & right) / union if union else 0.0


def near_copies(left: Shingles, right: Shingles) -> bool:
    """Tell whether most of the shorter text stands in the other."""
    shorter = min(len(left), len(right))
    return bool(shorter) and len(left & right) / shorter >= _NEAR
