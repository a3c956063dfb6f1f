"""Keep what is known of the parts of texts, each outline once, under the sha256 of what it says."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence

from graph.outline import Outline, outline_id, pack, unpack
from graph.stores.db.db_worker import Connection, places

# Two files may have the same text and other parts: each retrieval and each document names its own outline.
OUTLINE_TABLES = """
CREATE TABLE outlines (
    id TEXT NOT NULL PRIMARY KEY,
    parts BLOB NOT NULL
);
ALTER TABLE retrievals ADD COLUMN outline TEXT;
ALTER TABLE documents ADD COLUMN outline TEXT;
"""

_KEEP = "INSERT INTO outlines (id, parts) VALUES (?, ?) ON CONFLICT (id) DO NOTHING"
_READ = "SELECT id, parts FROM outlines WHERE id IN ({})"
_UNUSED = """
DELETE FROM outlines WHERE id NOT IN (
    SELECT outline FROM retrievals WHERE outline IS NOT NULL
    UNION SELECT outline FROM documents WHERE outline IS NOT NULL
)
"""


def keep(connection: Connection, outlines: Sequence[Outline]) -> None:
    """Store outlines inside a transaction; those that say nothing are left out."""
    packed = [text for outline in outlines if (text := pack(outline))]
    if packed:
        connection.executemany(_KEEP, [(outline_id(text), zlib.compress(text.encode())) for text in packed])


def outlines(connection: Connection, ids: Sequence[str]) -> Mapping[str, Outline]:
    """Return outlines by id; one that is not stored, or damaged, is left out."""
    rows = connection.execute(_READ.format(places(ids)), ids).fetchall() if ids else ()
    read = ((str(name), _read(str(name), parts)) for name, parts in rows)
    return {name: outline for name, outline in read if outline}


def forget_unused(connection: Connection) -> None:
    """Delete the outlines that describe no document and no retrieval any more."""
    connection.execute(_UNUSED)


def _read(name: str, stored: bytes) -> Outline:
    try:
        packed = zlib.decompress(stored).decode()
    except (zlib.error, UnicodeDecodeError):
        return ()
    return unpack(packed) if outline_id(packed) == name else ()
