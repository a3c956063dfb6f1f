from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from graph.records import Call, Outcome, Passage, Span, Unknown
from graph.stores.books.call_cache import MOST_FORGOTTEN, StoredCache
from graph.stores.db.database import Database
from graph.stores.db.migrations import MIGRATIONS
from graph.stores.evidence import StoredEvidence
from tests.fakes.tools import snapshot

PAGE, OTHER = snapshot("words"), snapshot("other words")
CALL = Call(
    task="t1",
    branch="b1",
    tool="pages",
    outcome=Outcome.DONE,
    started=1.0,
    ended=2.0,
    cost=7,
    passages=(
        Passage(span=Span(source=PAGE.source.id, start=0, end=5), score=0.5, branch="b1"),
        Passage(span=Span(source=PAGE.source.id, start=1, end=3), score=0.25, branch="b1"),
    ),
    unknowns=(Unknown(kind="unreadable", detail="x"),),
    detail="two found",
    attempts=2,
    waited=0.5,
    found=2,
)
CACHED = replace(CALL, cached=True, cost=0, attempts=0, waited=0.0)


class Time:
    """Stand still until it is moved."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


async def test_a_result_serves_later_calls_over_a_restart(tmp_path: Path) -> None:
    """What one process kept, another finds: whole, marked as cached, asked nobody and cost nothing."""
    path = tmp_path / "attest.db"
    first = Database(path, migrations=MIGRATIONS)
    await StoredEvidence(first).keep([PAGE])
    await StoredCache(first, Time()).put("k", CALL, 60.0)
    await first.close()
    second = Database(path, migrations=MIGRATIONS)
    cache = StoredCache(second, Time())
    assert await cache.get("k") == CACHED
    assert await cache.get("other") is None
    await second.close()


@pytest.mark.parametrize(("moved", "found"), [(0.0, True), (59.9, True), (60.0, False), (-0.1, False)])
async def test_a_result_lasts_as_long_as_its_tool_allows(
    database: Database, moved: float, *, found: bool
) -> None:
    """It is found until it expires, and not by a clock that was set back behind it."""
    await StoredEvidence(database).keep([PAGE])
    time = Time()
    cache = StoredCache(database, time)
    await cache.put("k", CALL, 60.0)
    time.now += moved
    assert (await cache.get("k") is not None) is found


async def test_the_latest_result_stands(database: Database) -> None:
    """A result kept again replaces the one before, and its time."""
    time = Time()
    cache = StoredCache(database, time)
    bare = replace(CALL, passages=())
    await cache.put("k", bare, 10.0)
    time.now += 6
    await cache.put("k", replace(bare, detail="newer"), 10.0)
    time.now += 6
    assert await cache.get("k") == replace(CACHED, passages=(), detail="newer")
    time.now -= 8
    assert await cache.get("k") is None


async def test_a_result_whose_texts_are_not_all_there_is_not_found(database: Database) -> None:
    """A call never points at a source that nobody can open."""
    cache, evidence = StoredCache(database, Time()), StoredEvidence(database)
    both = replace(
        CALL, passages=(*CALL.passages, Passage(span=Span(source=OTHER.source.id, start=0, end=1), score=1))
    )
    await evidence.keep([PAGE])
    await cache.put("k", both, 60.0)
    assert await cache.get("k") is None
    await evidence.keep([OTHER])
    assert await cache.get("k") == replace(CACHED, passages=both.passages)


@pytest.mark.parametrize(("outcome", "ttl"), [(Outcome.FAILED, 60.0), (Outcome.DONE, 0.0)])
async def test_a_failure_is_not_kept_nor_what_may_not_be(
    database: Database, outcome: Outcome, ttl: float
) -> None:
    """Only a call that is done, of a tool that allows it, answers for another."""
    cache = StoredCache(database, Time())
    await cache.put("k", replace(CALL, outcome=outcome, passages=()), ttl)
    assert await database.read(lambda c: c.execute("SELECT COUNT(*) FROM results").fetchone()) == (0,)


async def test_expired_results_go_when_another_is_kept_a_hundred_at_a_time(database: Database) -> None:
    """The table does not grow with what nobody may use, and no call waits for a great clearing."""
    time = Time()
    cache = StoredCache(database, time)
    for number in range(MOST_FORGOTTEN + 50):
        await cache.put(f"k{number}", CALL, 1.0)
    left = []
    for key in ("a", "b"):
        time.now += 10
        await cache.put(key, CALL, 60.0)
        left.append(await database.read(lambda c: c.execute("SELECT COUNT(*) FROM results").fetchone()))
    assert left == [(51,), (2,)]
