"""Is a number worked out from the numbers of a quote?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from fractions import Fraction
from itertools import permutations

_MOST_NUMBERS = 40
_LONGEST = 15  # digits; a longer one is no amount

CALCULATING = frozenset(
    (  # noqa: SIM905 - a word list reads best as words
        "total totals totalling altogether together sum sums combined difference average averages times"
        " twice double triple ratio share remaining remainder percent percentage cent % = + per result"
        " results gives longer shorter higher lower later earlier"
    ).split()
)
"""Words that say that a number was worked out."""


def is_worked_out(number: str, known: Collection[str]) -> bool:
    """Tell a sum, difference, product, quotient or percentage of two of the known numbers."""
    if len(number) > _LONGEST:
        return False
    value, places = Fraction(number), len(number.partition(".")[2])
    return any(abs(one - value) <= Fraction(1, 2 * 10**places) for one in _results(known)) and value != 0


def _results(known: Iterable[str]) -> Iterator[Fraction]:
    short = [Fraction(number) for number in dict.fromkeys(known) if len(number) <= _LONGEST]
    for left, right in permutations(short[:_MOST_NUMBERS], 2):
        yield from (left + right, left - right, left * right, (left + right) / 2)
        if right:
            yield from (left / right, 100 * left / right, 100 * (left - right) / right)
