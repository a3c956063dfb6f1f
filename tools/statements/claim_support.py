"""Score how far sentences of a source hold what a claim says, by words, numbers and names.

The words that two neighbouring sentences hold and the pairs of words that one sentence holds count alike.
Numbers and names that stand anywhere in the source count for less. The weights are round numbers, not
fitted. `python -m evals support` measures the score.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from tools.lexicon.proper_names import names
from tools.lexicon.terms import terms

_SMALL = 0.3  # the weight of numbers, and that of names, beside 1 for each of the other two
_NUMBER = re.compile(r"\d++(?:[.,]\d++)*+")


def support(claim: str, sentences: Sequence[str]) -> float:
    """Return, in 0..1, how much of a claim stands in the sentences of a source; 0 where it has no words."""
    said = terms(claim)
    if not said or not sentences:
        return 0.0
    read = [terms(sentence) for sentence in sentences]
    whole = " ".join(sentences)
    score = _together(frozenset(said), read) + _side_by_side(said, read)
    score += _SMALL * (_found(_NUMBER.findall(claim), whole) + _found(_named(claim), whole))
    return score / (2 + 2 * _SMALL)


def _together(said: frozenset[str], read: Sequence[Sequence[str]]) -> float:
    """Return the most of the words that two neighbouring sentences hold."""
    return max(len(said & {*one, *other}) for one, other in pairwise([*read, []])) / len(said)


def _side_by_side(said: Sequence[str], read: Sequence[Sequence[str]]) -> float:
    """Return the most pairs of neighbouring words that one sentence holds."""
    pairs = frozenset(pairwise(said)) or frozenset([(said[0], said[0])])
    held = (len(pairs & {*pairwise(one), *((word, word) for word in one)}) for one in read)
    return max(held) / len(pairs)


def _named(claim: str) -> list[str]:
    return [claim[start:end] for start, end in names(claim)]


def _found(parts: Sequence[str], whole: str) -> float:
    folded = whole.casefold()
    return sum(part.casefold() in folded for part in parts) / len(parts) if parts else 1.0
