"""What is known of the documents of a collection, without their passages."""

from __future__ import annotations

from collections.abc import Sequence

from graph.ports import IndexHit
from graph.records import Source, Span
from graph.stores import retrievals
from graph.stores.db.db_worker import Connection, places

_MOST_PLACES = 8  # places of one text in a collection: a licence may be in thousands
_PLACES = f"""
SELECT {retrievals.COLUMNS} FROM (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY source ORDER BY location) AS place
    FROM documents WHERE collection = ? AND source IN ({{}}) AND title IS NOT NULL
) AS placed WHERE place <= ? ORDER BY source, place
"""


def fingerprints(connection: Connection, collection: str) -> dict[str, str]:
    """Return the fingerprint of each document's file, by location."""
    rows = connection.execute(
        "SELECT location, fingerprint FROM documents JOIN collections ON id = collection WHERE name = ?",
        (collection,),
    )
    return dict(rows.fetchall())


def languages(connection: Connection, collection: str) -> dict[str, int]:
    """Count the documents by the tag of their language, the most first; one that is not known is empty."""
    rows = connection.execute(
        "SELECT coalesce(language, '') AS tag, COUNT(*) FROM documents JOIN collections ON id = collection"
        " WHERE name = ? GROUP BY tag ORDER BY COUNT(*) DESC, tag",
        (collection,),
    )
    return dict(rows.fetchall())


def collection_key(connection: Connection, collection: str) -> int | None:
    """Return the id of a collection, None for one that is not known."""
    row = connection.execute("SELECT id FROM collections WHERE name = ?", (collection,)).fetchone()
    return int(row[0]) if row else None


def placed_sources(
    connection: Connection, key: int, ids: Sequence[str], most: int = _MOST_PLACES
) -> tuple[Source, ...]:
    """Return where texts lie in a collection, each at the first few places by name."""
    rows = connection.execute(_PLACES.format(places(ids)), (key, *ids, most)) if ids else ()
    return tuple(retrievals.described(*row) for row in rows)


def hit_of(source: str, start: int, end: int, title: str, body: str) -> IndexHit:
    """Return a passage as it is found, with its terms."""
    span = Span(source=source, start=start, end=end)
    return IndexHit(span=span, title=tuple(title.split()), body=tuple(body.split()))
