"""Find the words that a misspelt word may stand for."""

from __future__ import annotations

from collections.abc import Collection

from rapidfuzz import process
from rapidfuzz.distance import OSA

_SHORTEST = 5  # letters: a shorter word is one letter away from too many others
_LONG = 8  # letters from which two slips are forgiven
_MOST = 3
_ROOT = 6
_ENDING = 5


def misspelt(word: str, vocabulary: Collection[str]) -> list[str]:
    """Return the words of a vocabulary nearest to a word: one slip away, or two where it is long.

    A slip is a letter too many, too few, wrong or in its neighbour's place (optimal string alignment).
    """
    if len(word) < _SHORTEST or any(map(str.isdigit, word)):
        return []
    most = 2 if len(word) >= _LONG else 1
    near = process.extract(
        word,
        [
            known
            for known in sorted(vocabulary)
            if known[:1] == word[:1] and abs(len(known) - len(word)) <= most
        ],
        scorer=OSA.distance,
        score_cutoff=most,
        limit=_MOST,
    )
    least = min((distance for _, distance, _ in near), default=0)
    return sorted(known for known, distance, _ in near if distance == least) or _begun(word, vocabulary)


def _begun(word: str, vocabulary: Collection[str]) -> list[str]:
    """Return the longest word that begins a word: a slip in its ending kept it from being stemmed."""
    begun = [known for known in vocabulary if len(known) >= _ROOT and word.startswith(known)]
    return [max(begun, key=len)] if begun and len(word) - len(max(begun, key=len)) <= _ENDING else []
