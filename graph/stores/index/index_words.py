"""Define what an engine does for the index: store the words of a collection and rank passages by them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol, TypeAlias

from graph.stores.db.db_worker import Connection, Row

TITLE_WEIGHT = 3

WordsRow: TypeAlias = tuple[int, str, str]
"""The id of a passage, with the terms of its title and of its body separated by blanks."""
Frequencies: TypeAlias = tuple[int, int]
"""How many passages have a term, and how often they do."""
Totals: TypeAlias = tuple[int, int, int]
"""The number of passages of a collection, and of the terms in all titles and in all bodies."""


class PassageWords(Protocol):
    """Rank by BM25 as FTS5's `bm25(3, 1)` does; `key` is the id of a collection."""

    def make(self, connection: Connection, key: int) -> None:
        """Make the tables of a collection."""

    def add(self, connection: Connection, key: int, passages: Sequence[WordsRow]) -> None:
        """Write the words of new passages."""

    def remove(self, connection: Connection, key: int, passages: Sequence[WordsRow]) -> None:
        """Remove the words of passages."""

    def frequencies(
        self, connection: Connection, key: int, terms: Sequence[str]
    ) -> Mapping[str, Frequencies]:
        """Count for each term the passages that have it, and how often they do."""

    def between(self, connection: Connection, key: int, first: str, after: str) -> Sequence[str]:
        """Return the words of a collection from one text on and before another, by code points."""

    def ranked(
        self,
        connection: Connection,
        key: int,
        terms: Mapping[str, Frequencies],
        totals: Totals,
        limit: int,
    ) -> Sequence[Row]:
        """Return source, start, end, title and body of the passages with any of the terms, best first."""
