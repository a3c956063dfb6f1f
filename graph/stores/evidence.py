"""Store the text of every source once, under the sha256 of its bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.errors import Unusable
from graph.outline import Outline
from graph.records import Snapshot, Source, source_id
from graph.stores import outlines, retrievals
from graph.stores.db.compressed_text import TextCache, compressed
from graph.stores.db.database import Database
from graph.stores.db.db_worker import Connection, places
from graph.untrusted import Untrusted
from guards.claims.cited_retrieval import by_citing

EVIDENCE_TABLES = """
CREATE TABLE sources (
    id TEXT NOT NULL PRIMARY KEY,
    title TEXT NOT NULL,
    location TEXT NOT NULL,
    published TEXT,
    retrieved_at TEXT NOT NULL,
    text BLOB NOT NULL
);
"""

SOURCE_FACTS = """
ALTER TABLE sources ADD COLUMN author TEXT;
ALTER TABLE sources ADD COLUMN language TEXT;
"""

_KEEP = "INSERT INTO texts (id, text) VALUES (?, ?) ON CONFLICT (id) DO NOTHING"
_MOST_REMEMBERED = 800
_TEXTS = "SELECT id, text FROM texts WHERE id IN ({})"


class StoredEvidence:
    """Store texts in the database; `opened` caches texts that were decompressed."""

    def __init__(self, database: Database, opened: TextCache | None = None) -> None:
        self._database = database
        self._opened = opened or TextCache()
        self._recent: dict[str, Untrusted] = {}

    async def keep(self, snapshots: Sequence[Snapshot]) -> None:
        """Store texts that are not stored yet; raises Unusable when an id is not the digest of its text."""
        if snapshots:
            await self._database.write(lambda connection: keep(connection, snapshots))

    async def texts(self, ids: Sequence[str]) -> Mapping[str, Untrusted]:
        """Return whole texts by source id; an id that is not stored is left out."""
        return await self._database.read(lambda connection: _texts(connection, ids, self._opened))

    async def snapshots(self, run: str, ids: Sequence[str]) -> Mapping[str, Snapshot]:
        """Return texts by id as a run found them, remembered from an earlier call where possible."""
        return await self._database.read(lambda connection: self._snapshots(connection, run, ids))

    def _snapshots(self, connection: Connection, run: str, ids: Sequence[str]) -> dict[str, Snapshot]:
        """Join what is stored of texts with how a run came by them; what a run did not find is left out."""
        found = retrievals.found(connection, run, ids)
        known = {source: text for source in found if (text := self._recent.get(source))}
        read = _texts(connection, [source for source in found if source not in known], self._opened)
        self._remember(read)
        cited = {source: by_citing(found[source]) for source in (*known, *read)}
        told = outlines.outlines(connection, [first.outline for first, *_ in cited.values() if first.outline])
        return {source: _joined(text, cited[source], told) for source, text in (known | read).items()}

    def _remember(self, texts: Mapping[str, Untrusted]) -> None:
        """Cache the texts that were read last; an id names its text for good, so nothing here grows stale."""
        if len(self._recent) > _MOST_REMEMBERED:
            self._recent = {}
        self._recent |= texts


def _joined(text: Untrusted, retrieved: Sequence[Source], told: Mapping[str, Outline]) -> Snapshot:
    cited, *others = retrieved
    return Snapshot(source=cited, text=text, also=tuple(others), outline=told.get(cited.outline, ()))


def keep(connection: Connection, snapshots: Sequence[Snapshot], opened: TextCache | None = None) -> None:
    """Store texts inside a transaction; `opened` caches those that are read again soon."""
    rows = [(snapshot.source.id, compressed(_checked(snapshot))) for snapshot in snapshots]
    connection.executemany(_KEEP, rows)
    outlines.keep(connection, [snapshot.outline for snapshot in snapshots])
    if opened is not None:
        for snapshot, (source, held) in zip(snapshots, rows, strict=True):
            opened.remember(source, held, snapshot.text)


def _checked(snapshot: Snapshot) -> str:
    source, text = snapshot.source, snapshot.text.reveal()
    if source.id != source_id(text):
        raise Unusable(f"{source.location}: its id is not the digest of its text, so it was not stored")
    return text


def _texts(connection: Connection, ids: Sequence[str], opened: TextCache) -> dict[str, Untrusted]:
    rows = connection.execute(_TEXTS.format(places(ids)), ids) if ids else ()
    return {source: opened.open(source, stored) for source, stored in rows}
