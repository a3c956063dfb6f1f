"""Rank passages on PostgreSQL over a table of postings, one for each collection."""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from graph.stores.db.db_worker import Connection, Row
from graph.stores.index.index_words import TITLE_WEIGHT, Frequencies, Totals, WordsRow

_SATURATION, _LENGTH = 1.2, 0.75  # k1 and b of FTS5
_LEAST = 1e-6  # what FTS5 counts for a term that more than half of the passages have
_LONGEST = 500  # characters; a page of the server's index holds no key of 2,704 bytes

_COUNT = "SELECT term, COUNT(*), SUM(title + body) FROM words_{} WHERE term = ANY (?) GROUP BY term"
_RANK = f"""
SELECT p.source, p."start", p."end", p.title, p.body FROM (
    SELECT passage, SUM(
        asked.weight * (({TITLE_WEIGHT} * title + body) * {_SATURATION + 1})
        / (({TITLE_WEIGHT} * title + body) + {_SATURATION} * ({1 - _LENGTH} + {_LENGTH} * length / :mean))
    ) AS score
    FROM words_{{}} JOIN unnest(:terms::text[], :weights::float8[]) AS asked (term, weight) USING (term)
    GROUP BY passage ORDER BY score DESC, passage LIMIT :limit
) AS best JOIN passages AS p ON p.id = best.passage ORDER BY best.score DESC, best.passage
"""


class Postings:
    """Store for each term of a collection the passages that have it, with frequency and length."""

    def make(self, connection: Connection, key: int) -> None:
        """Make the table of a collection."""
        connection.execute(
            f'CREATE TABLE words_{key} (term TEXT COLLATE "C" NOT NULL, passage BIGINT NOT NULL,'
            " title INTEGER NOT NULL, body INTEGER NOT NULL, length INTEGER NOT NULL,"
            " PRIMARY KEY (term, passage))"
        )
        connection.execute(f"CREATE INDEX words_{key}_passage ON words_{key} (passage)")

    def add(self, connection: Connection, key: int, passages: Sequence[WordsRow]) -> None:
        """Write the words of new passages in one statement."""
        columns = [
            *map(list, zip(*(posting for each in passages for posting in _postings(each)), strict=True))
        ]
        if columns:
            connection.execute(
                f"INSERT INTO words_{key} (term, passage, title, body, length) SELECT * FROM"
                " unnest(?::text[], ?::bigint[], ?::integer[], ?::integer[], ?::integer[])",
                columns,
            )

    def remove(self, connection: Connection, key: int, passages: Sequence[WordsRow]) -> None:
        """Remove the words of passages."""
        connection.execute(
            f"DELETE FROM words_{key} WHERE passage = ANY (?)", ([passage for passage, _, _ in passages],)
        )

    def frequencies(
        self, connection: Connection, key: int, terms: Sequence[str]
    ) -> Mapping[str, Frequencies]:
        """Count for each term the passages that have it, and how often they do."""
        kept = {_kept(term): term for term in terms}
        rows = connection.execute(_COUNT.format(key), (list(kept),))
        return {kept[term]: (passages, occurrences) for term, passages, occurrences in rows}

    def between(self, connection: Connection, key: int, first: str, after: str) -> Sequence[str]:
        """Return the words of a collection from one text on and before another, by code points."""
        rows = connection.execute(
            f"SELECT DISTINCT term FROM words_{key} WHERE term >= ? AND term < ?", (first, after)
        )
        return [term for (term,) in rows]

    def ranked(
        self,
        connection: Connection,
        key: int,
        terms: Mapping[str, Frequencies],
        totals: Totals,
        limit: int,
    ) -> Sequence[Row]:
        """Return source, start, end, title and body of the passages with any of the terms, best first."""
        passages, *lengths = totals
        values = {
            "terms": [_kept(term) for term in terms],
            "weights": [_weight(passages, having) for having, _ in terms.values()],
            "mean": sum(lengths) / max(passages, 1) or 1.0,
            "limit": limit,
        }
        return connection.execute(_RANK.format(key), values).fetchall()


def _weight(passages: int, having: int) -> float:
    """Weigh a term by how rare it is."""
    weight = math.log((passages - having + 0.5) / (having + 0.5))
    return weight if weight > 0 else _LEAST


def _postings(held: WordsRow) -> Iterator[tuple[str, int, int, int, int]]:
    passage, title, body = held
    titles, bodies = (Counter(map(_kept, text.split(" "))) for text in (title, body))
    for counted in (titles, bodies):
        del counted[""]
    length = titles.total() + bodies.total()
    for term in titles | bodies:
        yield term, passage, titles[term], bodies[term], length


def _kept(term: str) -> str:
    """Return a term as it is stored: a very long one by its digest."""
    return term if len(term) <= _LONGEST else hashlib.sha256(term.encode()).hexdigest()
