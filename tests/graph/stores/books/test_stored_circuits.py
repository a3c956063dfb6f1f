from __future__ import annotations

from pathlib import Path

from graph.stores.books.stored_circuits import STALE_SECONDS, StoredCircuits
from graph.stores.db.compressed_text import compressed
from graph.stores.db.database import Database
from graph.stores.db.migrations import MIGRATIONS
from graph.stores.evidence import StoredEvidence
from guards.circuit_breaker import BreakerState, Circuit
from tests.fakes.tools import snapshot

OPEN = Circuit(state=BreakerState.OPEN, since=10.0, until=25.0, trips=2, opened=5.0, cause="a failed probe")


async def test_a_circuit_comes_back_as_it_was_saved(database: Database) -> None:
    """The latest state of each breaker is loaded, oldest first, without what it counts and its epoch."""
    circuits = StoredCircuits(database)
    await circuits.save("wiki", Circuit(since=1.0, trips=1))
    await circuits.save("wiki", OPEN)
    await circuits.save("domain:a.example", Circuit(since=7.0, trips=1, epoch=3, failures=2))
    loaded = list((await circuits.load()).items())
    assert loaded == [("domain:a.example", Circuit(since=7.0, trips=1)), ("wiki", OPEN)]


async def test_what_said_nothing_for_a_day_is_forgotten(database: Database) -> None:
    """Hosts that were asked once do not fill the table, and a pause that still lasts is kept."""
    circuits = StoredCircuits(database)
    await circuits.save("domain:old.example", OPEN)
    await circuits.save(
        "domain:long.example", Circuit(state=BreakerState.OPEN, since=0.0, until=3 * STALE_SECONDS)
    )
    await circuits.save("wiki", Circuit(since=26.0 + STALE_SECONDS))
    assert set(await circuits.load()) == {"domain:long.example", "wiki"}


async def test_a_database_of_the_first_release_is_migrated(tmp_path: Path) -> None:
    """A file made before there were breakers keeps what it holds and gets their table."""
    path, page = tmp_path / "attest.db", snapshot("words")
    older = Database(path, migrations=MIGRATIONS[:1])
    facts = (page.source.id, "t", page.source.location, page.source.retrieved_at, compressed("words"))
    columns = "id, title, location, retrieved_at, text"
    await older.write(lambda c: c.execute(f"INSERT INTO sources ({columns}) VALUES (?, ?, ?, ?, ?)", facts))
    await older.close()
    newer = Database(path, migrations=MIGRATIONS)
    await StoredCircuits(newer).save("wiki", OPEN)
    assert await StoredCircuits(newer).load() == {"wiki": OPEN}
    assert await StoredEvidence(newer).texts([page.source.id]) == {page.source.id: page.text}
    await newer.close()
