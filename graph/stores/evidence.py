"""Keep the text of every source once, under the sha256 of its bytes, with what is known of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.errors import Unusable
from graph.records import Snapshot, Source, source_id
from graph.stores.database import Database
from graph.stores.deflated import Opened, deflated
from graph.stores.lane import Connection, Row, places
from graph.untrusted import Untrusted

# The text comes last, so that reading what is known of a source leaves its overflow pages alone.
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

_KEEP = """
INSERT INTO sources (id, title, location, published, retrieved_at, text, author, language)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO NOTHING
"""
_MOST_REMEMBERED = 800
_TEXTS = "SELECT id, text FROM sources WHERE id IN ({})"
_SNAPSHOTS = """
SELECT id, title, location, published, retrieved_at, text, author, language FROM sources
WHERE id IN ({})
"""


class StoredEvidence:
    """Keep texts in the database; `opened` are those that need not be opened again."""

    def __init__(self, database: Database, opened: Opened | None = None) -> None:
        self._database = database
        self._opened = opened or Opened()
        self._recent: dict[str, Snapshot] = {}

    async def keep(self, snapshots: Sequence[Snapshot]) -> None:
        """Store texts that are not stored yet; raises Unusable when an id is not the digest of its text."""
        if snapshots:
            await self._database.write(lambda connection: keep(connection, snapshots))

    async def texts(self, ids: Sequence[str]) -> Mapping[str, Untrusted]:
        """Return whole texts by source id; an id that is not stored is left out."""
        return await self._database.read(lambda connection: _texts(connection, ids, self._opened))

    async def snapshots(self, ids: Sequence[str]) -> Mapping[str, Snapshot]:
        """Return sources with their texts by id, remembered from an earlier call where possible."""
        known = {source: found for source in ids if (found := self._recent.get(source))}
        missing = [source for source in ids if source not in known]
        if missing:
            opened = await self._database.read(
                lambda connection: _snapshots(connection, missing, self._opened)
            )
            self._remember(opened)
            known |= {snapshot.source.id: snapshot for snapshot in opened}
        return known

    def _remember(self, snapshots: Sequence[Snapshot]) -> None:
        """Keep what was opened last; an id names its text for good, so nothing here grows stale."""
        if len(self._recent) > _MOST_REMEMBERED:
            self._recent = {}
        self._recent |= {snapshot.source.id: snapshot for snapshot in snapshots}


def keep(connection: Connection, snapshots: Sequence[Snapshot], opened: Opened | None = None) -> None:
    """Store texts inside a transaction; of two sources with one text the first is remembered.

    Texts that are read again soon go into `opened` as well.
    """
    stored = [deflated(_checked(snapshot)) for snapshot in snapshots]
    connection.executemany(_KEEP, map(_row, snapshots, stored))
    if opened is not None:
        for snapshot, held in zip(snapshots, stored, strict=True):
            opened.remember(snapshot.source.id, held, snapshot.text)


def _checked(snapshot: Snapshot) -> str:
    source, text = snapshot.source, snapshot.text.reveal()
    if source.id != source_id(text):
        raise Unusable(f"{source.location}: its id is not the digest of its text, so it was not stored")
    return text


def _row(snapshot: Snapshot, stored: bytes) -> tuple[str | bytes | None, ...]:
    source = snapshot.source
    known = (source.title.reveal(), source.location, source.published, source.retrieved_at)
    author = source.author.reveal() if source.author else None
    return source.id, *known, stored, author, source.language


def _texts(connection: Connection, ids: Sequence[str], opened: Opened) -> dict[str, Untrusted]:
    rows = connection.execute(_TEXTS.format(places(ids)), ids) if ids else ()
    return {source: opened.open(source, stored) for source, stored in rows}


def _snapshots(connection: Connection, ids: Sequence[str], opened: Opened) -> list[Snapshot]:
    """Open what is stored of one or more sources."""
    return [_snapshot(row, opened) for row in connection.execute(_SNAPSHOTS.format(places(ids)), ids)]


def _snapshot(row: Row, opened: Opened) -> Snapshot:
    digest, title, location, published, retrieved_at, stored, author, language = row
    source = Source(
        id=digest,
        title=Untrusted(title),
        location=location,
        published=published,
        retrieved_at=retrieved_at,
        author=Untrusted(author) if author else None,
        language=language,
    )
    return Snapshot(source=source, text=opened.open(digest, stored))
