"""Can every part that stores this number hold it?"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from graph.records import Decision

LEAST = -(2**63)
MOST = 2**63 - 1
"""The whole numbers of 64 bits: checkpoints, both databases and JSON of other languages hold no others."""


def are_numbers_held(value: object, name: str = "") -> Decision:
    """Refuse JSON with a number that is not finite or has more than 64 bits; the reason says where."""
    for where, number in _numbers(value, name):
        at = f"{where}: " if where else ""
        if isinstance(number, int) and not LEAST <= number <= MOST:
            return Decision(
                allowed=False, reason=f"{at}the number is too large: write one from {LEAST} to {MOST}"
            )
        if not math.isfinite(number):
            return Decision(allowed=False, reason=f"{at}this is no number: write a finite one")
    return Decision(allowed=True)


def _numbers(value: object, name: str) -> Iterator[tuple[str, int | float]]:
    """Yield each number with the path to it; uses a stack, since the nesting may be deep."""
    left = [(name, value)]
    while left:
        where, part = left.pop()
        if isinstance(part, int | float):
            yield where, part
        elif isinstance(part, Mapping):
            left += [(f"{where}.{key}".lstrip("."), each) for key, each in part.items()]
        elif isinstance(part, list | tuple):
            left += [(f"{where}.{at}".lstrip("."), each) for at, each in enumerate(part)]
