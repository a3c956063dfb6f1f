"""Tell which pairs of signs always stand together, where no blanks part words: they are one word.

A name of five signs is four pairs. Weighed as four words, it would outweigh all else that is asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tools.lexicon.ngrams import is_unspaced


def word_shares(order: Sequence[str], frequencies: Mapping[str, int]) -> Mapping[str, float]:
    """Return for each term its share of a word: pairs that go on and are as frequent share one."""
    groups: list[list[str]] = []
    for term in order:
        if groups and _joins(groups[-1][-1], term, frequencies):
            groups[-1].append(term)
        else:
            groups.append([term])
    return {term: 1.0 / len(group) for group in groups for term in group}


def _joins(before: str, term: str, frequencies: Mapping[str, int]) -> bool:
    """Tell whether a pair begins with the sign that ends the one before it, and always stands with it."""
    if not (is_unspaced(term[0]) and is_unspaced(before[0])):
        return False
    goes_on = any(term.startswith(before[at:]) for at in range(1, len(before)))
    return goes_on and frequencies.get(before, 0) == frequencies.get(term, 0)
