"""Keep the text of every source once, under the sha256 of its bytes, with what is known of it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from graph.errors import Unusable
from graph.records import Snapshot, Source, source_id
from graph.stores.database import Connection, Database, Row
from graph.untrusted import Untrusted

# The text comes last, so that reading what is known of a source leaves its overflow pages alone.
EVIDENCE_TABLES = """
CREATE TABLE sources (
    id TEXT NOT NULL PRIMARY KEY,
    title TEXT NOT NULL,
    location TEXT NOT NULL,
    published TEXT,
    retrieved_at TEXT NOT NULL,
    text TEXT NOT NULL
);
"""

_KEEP = """
INSERT INTO sources (id, title, location, published, retrieved_at, text) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO NOTHING
"""
_MOST_REMEMBERED = 16_000_000  # characters: some 800 pages, so that a run opens each of its sources once
_TEXTS = "SELECT id, text FROM sources WHERE id IN (SELECT value FROM json_each(?))"
_SNAPSHOTS = """
SELECT id, title, location, published, retrieved_at, text FROM sources
WHERE id IN (SELECT value FROM json_each(?))
"""


class StoredEvidence:
    """Keep texts in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._recent: dict[str, Snapshot] = {}
        self._characters = 0

    async def keep(self, snapshots: Sequence[Snapshot]) -> None:
        """Store texts that are not stored yet; raises Unusable when an id is not the digest of its text."""
        if snapshots:
            await self._database.write(lambda connection: keep(connection, snapshots))

    async def texts(self, ids: Sequence[str]) -> Mapping[str, Untrusted]:
        """Return whole texts by source id; an id that is not stored is left out."""
        return await self._database.read(lambda connection: _texts(connection, ids))

    async def snapshots(self, ids: Sequence[str]) -> Mapping[str, Snapshot]:
        """Return sources with their texts by id, remembered from an earlier call where possible."""
        known = {source: found for source in ids if (found := self._recent.get(source))}
        missing = [source for source in ids if source not in known]
        if missing:
            opened = await self._database.read(lambda connection: _snapshots(connection, missing))
            self._remember(opened)
            known |= {snapshot.source.id: snapshot for snapshot in opened}
        return known

    def _remember(self, snapshots: Sequence[Snapshot]) -> None:
        """Keep what was opened last; an id names its text for good, so nothing here grows stale."""
        if self._characters > _MOST_REMEMBERED:
            self._recent, self._characters = {}, 0
        self._recent |= {snapshot.source.id: snapshot for snapshot in snapshots}
        self._characters += sum(len(snapshot.text) for snapshot in snapshots)


def keep(connection: Connection, snapshots: Sequence[Snapshot]) -> None:
    """Store texts inside a transaction; of two sources with one text the first is remembered."""
    connection.executemany(_KEEP, [_row(snapshot) for snapshot in snapshots])


def _row(snapshot: Snapshot) -> tuple[str | None, ...]:
    source, text = snapshot.source, snapshot.text.reveal()
    if source.id != source_id(text):
        raise Unusable(f"{source.location}: its id is not the digest of its text, so it was not stored")
    return source.id, source.title.reveal(), source.location, source.published, source.retrieved_at, text


def _texts(connection: Connection, ids: Sequence[str]) -> dict[str, Untrusted]:
    return {row[0]: Untrusted(row[1]) for row in connection.execute(_TEXTS, (json.dumps(list(ids)),))}


def _snapshots(connection: Connection, ids: Sequence[str]) -> list[Snapshot]:
    return [_snapshot(row) for row in connection.execute(_SNAPSHOTS, (json.dumps(list(ids)),))]


def _snapshot(row: Row) -> Snapshot:
    digest, title, location, published, retrieved_at, text = row
    source = Source(
        id=digest,
        title=Untrusted(title),
        location=location,
        published=published,
        retrieved_at=retrieved_at,
    )
    return Snapshot(source=source, text=Untrusted(text))
