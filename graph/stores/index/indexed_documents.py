"""What is known of the documents of a collection, without their passages."""

from __future__ import annotations

from graph.stores.db.db_worker import Connection


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
