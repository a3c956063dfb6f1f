"""The vectors of passages, one row each: of one model at a time, and gone with their passages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph.stores.db.db_worker import Connection, Row, places

# `vectors_changed` counts the changes, so that a reader knows whether the vectors it holds are the newest.
VECTOR_TABLES = """
CREATE TABLE passage_vectors (
    passage INTEGER NOT NULL REFERENCES passages (id),
    collection INTEGER NOT NULL REFERENCES collections (id),
    model TEXT NOT NULL,
    vector BLOB NOT NULL,
    PRIMARY KEY (passage)
);
CREATE INDEX passage_vectors_model ON passage_vectors (collection, model);
ALTER TABLE collections ADD COLUMN vectors_changed INTEGER NOT NULL DEFAULT 0;
"""

# An id is used again once its passage is gone: the text and the place say that it is the same passage.
_KEEP = """
INSERT INTO passage_vectors (passage, collection, model, vector)
    SELECT id, collection, ?, ? FROM passages
    WHERE id = ? AND collection = ? AND source = ? AND "start" = ? AND "end" = ?
    ON CONFLICT (passage) DO UPDATE SET model = excluded.model, vector = excluded.vector
"""
_BARE = """
SELECT id, source, "start", "end" FROM passages AS p
    WHERE collection = ? AND (source, id) > (?, ?) AND NOT EXISTS (
        SELECT 1 FROM passage_vectors AS v WHERE v.passage = p.id AND v.model = ?
    )
    ORDER BY source, id LIMIT ?
"""
_DROP = """
DELETE FROM passage_vectors
    WHERE passage IN (SELECT id FROM passages WHERE collection = ? AND source = ?)
"""
_PLACED = """
SELECT id, source, "start", "end" FROM passages
    WHERE collection = ? AND source IN ({}) AND "start" IN ({})
"""

VectorRow = tuple[str, bytes, int, int, str, int, int]
"""Model, vector, id of the passage, collection, source, start and end."""


def keep_vectors(connection: Connection, key: int, rows: Sequence[VectorRow]) -> None:
    """Write vectors; those of passages that are not indexed any more are left out."""
    connection.executemany(_KEEP, rows)
    _changed(connection, key)


def drop_vectors(connection: Connection, key: int, source: str) -> None:
    """Forget the vectors of the passages of a text."""
    if connection.execute(_DROP, (key, source)).rowcount:
        _changed(connection, key)


def bare_rows(connection: Connection, key: int, model: str, limit: int, after: tuple[str, int]) -> list[Row]:
    """Return id, source, start and end of passages without a vector of a model, by source and id."""
    return connection.execute(_BARE, (key, *after, model, limit)).fetchall()


def counted(connection: Connection, key: int, model: str) -> tuple[int, int]:
    """Return how many passages of a collection have a vector of a model, and how many there are."""
    ((having, all_),) = connection.execute(
        "SELECT (SELECT COUNT(*) FROM passage_vectors WHERE collection = ? AND model = ?),"
        " (SELECT passages FROM collections WHERE id = ?)",
        (key, model, key),
    ).fetchall()
    return int(having), int(all_)


def changes(connection: Connection, key: int) -> int:
    """Return how often the vectors of a collection changed."""
    ((number,),) = connection.execute(
        "SELECT vectors_changed FROM collections WHERE id = ?", (key,)
    ).fetchall()
    return int(number)


def all_vectors(connection: Connection, key: int, model: str) -> list[Row]:
    """Return the id and the vector of each passage that has one of a model, by id."""
    return connection.execute(
        "SELECT passage, vector FROM passage_vectors WHERE collection = ? AND model = ? ORDER BY passage",
        (key, model),
    ).fetchall()


def passage_rows(connection: Connection, ids: Sequence[int]) -> dict[int, Row]:
    """Return source, start, end, title and body of passages, by id."""
    if not ids:
        return {}
    rows = connection.execute(
        f'SELECT id, source, "start", "end", title, body FROM passages WHERE id IN ({places(ids)})', ids
    )
    return {int(id_): tuple(rest) for id_, *rest in rows}


def placed_ids(
    connection: Connection, key: int, found: Iterable[tuple[str, int, int]]
) -> dict[tuple[str, int, int], int]:
    """Return the ids of passages by source, start and end."""
    wanted = set(found)
    if not wanted:
        return {}
    texts = sorted({source for source, _, _ in wanted})
    starts = sorted({start for _, start, _ in wanted})
    rows = connection.execute(_PLACED.format(places(texts), places(starts)), (key, *texts, *starts))
    return {place: int(id_) for id_, *rest in rows if (place := (rest[0], rest[1], rest[2])) in wanted}


def _changed(connection: Connection, key: int) -> None:
    connection.execute("UPDATE collections SET vectors_changed = vectors_changed + 1 WHERE id = ?", (key,))
