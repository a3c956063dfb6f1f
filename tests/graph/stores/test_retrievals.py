from __future__ import annotations

from pathlib import Path

import pytest

from graph.records import Source
from graph.stores.db.compressed_text import compressed
from graph.stores.db.database import Database
from graph.stores.db.db_worker import Connection
from graph.stores.db.migrations import MIGRATIONS
from graph.stores.evidence import StoredEvidence
from graph.stores.index.passage_index import StoredIndex
from graph.stores.retrievals import RETRIEVAL_TABLES, keep
from graph.untrusted import Untrusted
from tests.fakes.databases import ENGINES, Engine, location
from tests.fakes.tools import snapshot

OLD = MIGRATIONS[: MIGRATIONS.index(RETRIEVAL_TABLES)]
KEPT = snapshot("words", "A title", "https://example.com/")


def _fill(connection: Connection) -> None:
    """Write what an earlier release had: a source, a document of a collection and a cached result."""
    source = KEPT.source
    connection.execute(
        "INSERT INTO sources (id, title, location, published, retrieved_at, text, author, language)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            source.id,
            "A title",
            source.location,
            "2020-01-02",
            source.retrieved_at,
            compressed("words"),
            "X",
            "en",
        ),
    )
    connection.execute("INSERT INTO collections (name) VALUES ('one')")
    connection.execute(
        "INSERT INTO documents (collection, location, fingerprint, source) VALUES (1, 'a.md', 'as was', ?)",
        (source.id,),
    )
    connection.execute(
        "INSERT INTO results (call, tool, record, at, expires) VALUES ('k', 'web', '{}', 1.0, 2.0)"
    )


@pytest.mark.parametrize("engine", ENGINES)
async def test_what_an_earlier_release_stored_stays_readable(engine: Engine, tmp_path: Path) -> None:
    """An old text keeps its only description for old runs; cache and index are filled anew."""
    with location(engine, tmp_path) as place:
        before = Database(place, migrations=OLD)
        await before.write(_fill)
        await before.close()
        after = Database(place, migrations=MIGRATIONS)
        evidence = StoredEvidence(after)
        found = (await evidence.snapshots("an old run", [KEPT.source.id]))[KEPT.source.id]
        assert (found.text.reveal(), found.source) == (
            "words",
            Source(
                id=KEPT.source.id,
                title=Untrusted("A title"),
                location=KEPT.source.location,
                published="2020-01-02",
                retrieved_at=KEPT.source.retrieved_at,
                author=Untrusted("X"),
                language="en",
            ),
        )
        assert await StoredIndex(after, lambda text, _: text.split()).fingerprints("one") == {"a.md": ""}
        cached = await after.read(lambda c: c.execute("SELECT COUNT(*) FROM results").fetchall())
        assert cached == [(0,)]
        mine = snapshot("words", "Mine", "file/").source
        await after.write(lambda connection: keep(connection, "a new run", "call", [mine]))
        assert (await evidence.snapshots("a new run", [mine.id]))[mine.id].source == mine
        await after.close()
