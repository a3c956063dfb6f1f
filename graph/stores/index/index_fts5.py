"""Rank passages on SQLite with FTS5, one table for each collection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.stores.db.db_worker import Connection, Row, places
from graph.stores.index.index_words import TITLE_WEIGHT, Frequencies, Totals, WordsRow


class Fts5Words:
    """Store the words of a collection in an FTS5 table; to remove a passage it needs its words again."""

    def make(self, connection: Connection, key: int) -> None:
        """Make the FTS5 table of a collection, and the view that counts a term's passages."""
        connection.execute(
            f"CREATE VIRTUAL TABLE words_{key} USING fts5 (title, body, content = '', "
            "tokenize = \"ascii tokenchars '.'''\")"
        )
        connection.execute(f"CREATE VIRTUAL TABLE terms_{key} USING fts5vocab (words_{key}, row)")
        connection.execute(
            f"INSERT INTO words_{key} (words_{key}, rank) VALUES ('rank', 'bm25({TITLE_WEIGHT}, 1)')"
        )

    def add(self, connection: Connection, key: int, passages: Sequence[WordsRow]) -> None:
        """Write the words of new passages."""
        connection.executemany(f"INSERT INTO words_{key} (rowid, title, body) VALUES (?, ?, ?)", passages)

    def remove(self, connection: Connection, key: int, passages: Sequence[WordsRow]) -> None:
        """Remove the words of passages."""
        connection.executemany(
            f"INSERT INTO words_{key} (words_{key}, rowid, title, body) VALUES ('delete', ?, ?, ?)", passages
        )

    def frequencies(
        self, connection: Connection, key: int, terms: Sequence[str]
    ) -> Mapping[str, Frequencies]:
        """Count for each term the passages that have it, and how often they do."""
        rows = connection.execute(
            f"SELECT term, doc, cnt FROM terms_{key} WHERE term IN ({places(terms)})", terms
        )
        return {term: (passages, occurrences) for term, passages, occurrences in rows}

    def between(self, connection: Connection, key: int, first: str, after: str) -> Sequence[str]:
        """Return the words of a collection from one text on and before another, by code points."""
        query = f"SELECT term FROM terms_{key} WHERE term >= ? AND term < ?"
        rows = connection.execute(query, (first, after))
        return [term for (term,) in rows]

    def ranked(
        self,
        connection: Connection,
        key: int,
        terms: Mapping[str, Frequencies],
        totals: Totals,  # noqa: ARG002 - FTS5 counts for itself
        limit: int,
    ) -> Sequence[Row]:
        """Return source, start, end, title and body of the passages with any of the terms, best first."""
        return connection.execute(
            'SELECT p.source, p."start", p."end", p.title, p.body'
            f" FROM words_{key} AS w JOIN passages AS p ON p.id = w.rowid"
            f" WHERE words_{key} MATCH ? ORDER BY w.rank LIMIT ?",
            (" OR ".join(map(_quoted, terms)), limit),
        ).fetchall()


def _quoted(term: str) -> str:
    """Write a term as an FTS5 string, in which nothing is an operator."""
    return '"' + term.replace('"', '""') + '"'
