"""Rank by plain BM25: the floor that retrieval is measured against."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from tools.lexicon.terms import terms

K1 = 1.2
B = 0.75


class PlainBM25:
    """Index whole documents by their stems (Robertson and Zaragoza 2009; k1 = 1.2, b = 0.75)."""

    def __init__(self, documents: Mapping[str, str]) -> None:
        counts = {name: Counter(terms(text)) for name, text in documents.items()}
        self._lengths = {name: count.total() for name, count in counts.items()}
        self._average = sum(self._lengths.values()) / max(1, len(counts))
        self._postings: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        for name, count in counts.items():
            for term, occurrences in count.items():
                self._postings[term].append((name, occurrences))

    def search(self, query: str, limit: int) -> Sequence[str]:
        """Return the names of the best documents, best first."""
        scores: defaultdict[str, float] = defaultdict(float)
        for term in terms(query):
            postings = self._postings.get(term, ())
            idf = math.log(1 + (len(self._lengths) - len(postings) + 0.5) / (len(postings) + 0.5))
            for name, occurrences in postings:
                room = K1 * (1 - B + B * self._lengths[name] / self._average)
                scores[name] += idf * occurrences * (K1 + 1) / (occurrences + room)
        return sorted(scores, key=lambda name: (-scores[name], name))[:limit]
