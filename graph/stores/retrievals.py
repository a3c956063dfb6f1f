"""Store how each run came by each text: its title, place, date and author as they were found then.

A text is stored once for all runs; its description belongs to the run that found it.
"""

from __future__ import annotations

from collections.abc import Sequence

from graph.records import Source
from graph.stores.db.db_worker import Connection, places
from graph.untrusted import Untrusted

# Descriptions from before this migration are stored under no run.
# The cache and the index are filled again: they did not store how each run came by a text.
RETRIEVAL_TABLES = """
CREATE TABLE retrievals (
    run TEXT NOT NULL,
    call TEXT NOT NULL,
    place INTEGER NOT NULL,
    source TEXT NOT NULL,
    title TEXT NOT NULL,
    location TEXT NOT NULL,
    published TEXT,
    retrieved_at TEXT NOT NULL,
    author TEXT,
    language TEXT,
    PRIMARY KEY (run, call, place)
);
CREATE INDEX retrievals_source ON retrievals (run, source);
INSERT INTO retrievals
    (run, call, place, source, title, location, published, retrieved_at, author, language)
    SELECT '', id, 0, id, title, location, published, retrieved_at, author, language FROM sources;
CREATE TABLE texts (
    id TEXT NOT NULL PRIMARY KEY,
    text BLOB NOT NULL
);
INSERT INTO texts (id, text) SELECT id, text FROM sources;
DROP TABLE sources;
DELETE FROM results;
ALTER TABLE documents ADD COLUMN title TEXT;
ALTER TABLE documents ADD COLUMN published TEXT;
ALTER TABLE documents ADD COLUMN retrieved_at TEXT;
ALTER TABLE documents ADD COLUMN author TEXT;
ALTER TABLE documents ADD COLUMN language TEXT;
UPDATE documents SET fingerprint = '';
"""

COLUMNS = "source, title, location, published, retrieved_at, author, language, outline"
_KEEP = f"""
INSERT INTO retrievals (run, call, place, {COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (run, call, place) DO NOTHING
"""
_BEFORE = ""
_FOUND = f"""
SELECT run, {COLUMNS} FROM retrievals WHERE run IN (?, '{_BEFORE}') AND source IN ({{}}) ORDER BY call, place
"""

Fields = tuple[str, str, str, str | None, str, str | None, str | None, str]


def keep(connection: Connection, run: str, call: str, sources: Sequence[Source]) -> None:
    """Store, inside a transaction, how a call of a run came by texts; the same call stores it once."""
    rows = [(run, call, place, *fields(source)) for place, source in enumerate(sources)]
    if rows:
        connection.executemany(_KEEP, rows)


def found(connection: Connection, run: str, ids: Sequence[str]) -> dict[str, list[Source]]:
    """Return how a run came by texts, by their ids.

    A run from before retrievals were stored by run gets what was known of a text then.
    """
    mine: dict[str, list[Source]] = {}
    before: dict[str, list[Source]] = {}
    rows = connection.execute(_FOUND.format(places(ids)), (run, *ids)) if ids else ()
    for by, *row in rows:
        known = before if by == _BEFORE else mine
        known.setdefault(str(row[0]), []).append(described(*row))
    return before | mine


def fields(source: Source) -> Fields:
    """Return a description in the order of `COLUMNS`."""
    author = source.author.reveal() if source.author else None
    dates = (source.published, source.retrieved_at)
    return source.id, source.title.reveal(), source.location, *dates, author, source.language, source.outline


def described(*row: str | None) -> Source:
    """Return the description in a row of `COLUMNS`; those of earlier releases know no outline."""
    source, title, location, published, retrieved_at, author, language, *outline = row
    return Source(
        id=source or "",
        title=Untrusted(title or ""),
        location=location or "",
        published=published,
        retrieved_at=retrieved_at or "",
        author=Untrusted(author) if author else None,
        language=language,
        outline="".join(filter(None, outline)),
    )
