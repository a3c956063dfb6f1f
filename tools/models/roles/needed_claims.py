"""Leave out the claims that a written sentence names and does not rest on."""

from __future__ import annotations

from collections.abc import Sequence

from tools.statements.claim_support import support

_LITTLE = 0.35  # of a sentence: so little support comes from words that stand in most quotes on a topic


def needed(text: str, quotes: Sequence[str]) -> tuple[int, ...]:
    """Return the places of the quotes that hold something of a sentence, at least one.

    A quote that holds little of it goes where the others hold as much without it. One that repeats what
    another says stays: it confirms.
    """
    alone = [support(text, [quote]) for quote in quotes]
    kept = list(range(len(quotes)))
    for at in sorted(kept, key=alone.__getitem__):
        rest = [other for other in kept if other != at]
        if rest and alone[at] < _LITTLE and _held(text, quotes, rest) >= _held(text, quotes, kept):
            kept = rest
    return tuple(kept)


def _held(text: str, quotes: Sequence[str], places: Sequence[int]) -> float:
    return support(text, [" ".join(quotes[at] for at in places)])
