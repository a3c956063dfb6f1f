"""Keep the text of every source once, by its content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.records import Snapshot, Source
from graph.stores.database import Connection, Database
from graph.untrusted import Untrusted

EVIDENCE_TABLES = """
CREATE TABLE evidence (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, location TEXT NOT NULL, published TEXT,
    retrieved_at TEXT NOT NULL, text TEXT NOT NULL
) WITHOUT ROWID;
"""


class StoredEvidence:
    """Keep snapshots in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, snapshots: Sequence[Snapshot]) -> None:
        """Store texts that are not stored yet."""
        await self._database.write(lambda connection: keep(connection, snapshots))

    async def texts(self, ids: Sequence[str]) -> Mapping[str, Untrusted]:
        """Return whole texts by source id; an id that is not stored is left out."""
        rows = await self._database.read(lambda c: _rows(c, "id, text", ids))
        return {source: Untrusted(text) for source, text in rows}

    async def sources(self, ids: Sequence[str]) -> Mapping[str, Source]:
        """Return what is known of sources by id; an id that is not stored is left out."""
        rows = await self._database.read(
            lambda c: _rows(c, "id, title, location, published, retrieved_at", ids)
        )
        return {
            row[0]: Source(
                id=row[0], title=Untrusted(row[1]), location=row[2], published=row[3], retrieved_at=row[4]
            )
            for row in rows
        }


def keep(connection: Connection, snapshots: Sequence[Snapshot]) -> None:
    """Store texts that are not stored yet, within the caller's transaction."""
    if not snapshots:
        return
    connection.executemany(
        "INSERT INTO evidence (id, title, location, published, retrieved_at, text)"
        " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
        [
            (
                s.id,
                snapshot.source.title.reveal(),
                s.location,
                s.published,
                s.retrieved_at,
                snapshot.text.reveal(),
            )
            for snapshot in snapshots
            for s in (snapshot.source,)
        ],
    )


def _rows(connection: Connection, columns: str, ids: Sequence[str]) -> list[tuple[str, ...]]:
    marks = ", ".join("?" * len(ids))
    return connection.execute(f"SELECT {columns} FROM evidence WHERE id IN ({marks})", list(ids)).fetchall()
