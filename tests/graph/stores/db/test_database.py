"""Prove that a write reported done is durable, and that one caller's failure is its own."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import psycopg
import pytest

from graph.stores.db.database import BATCH, Database
from graph.stores.db.db_worker import Connection
from tests.graph.stores.db.children import TABLE, put
from tests.graph.stores.db.works import insert, kept, numbers

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path


def spoil(connection: Connection) -> None:
    put(connection, "a", -1)
    raise LookupError("after a write")


@asynccontextmanager
async def one_batch(database: Database) -> AsyncIterator[None]:
    """Hold the writer back, so that what is written inside the block is committed in one batch after it."""
    started, release = threading.Event(), threading.Event()

    def hold(_: Connection) -> None:
        started.set()
        release.wait(20)

    holding = asyncio.create_task(database.write(hold))
    await asyncio.to_thread(started.wait)
    yield
    await asyncio.sleep(0)
    release.set()
    await holding


async def test_a_write_returns_its_result_and_is_seen_by_the_next_read(database: Database) -> None:
    """Prove that each of many reads sees the write that returned just before it."""
    for number in range(100):
        assert await database.write(insert(number)) == number
        assert (await database.read(numbers))[-1] == number


def test_construction_touches_nothing(tmp_path: Path) -> None:
    """Prove that a Database that is never used makes no file and no thread, and can be closed."""
    before = threading.active_count()
    database = Database(tmp_path / "deep" / "kept.db", migrations=[TABLE])
    database.close_now()
    assert threading.active_count() == before
    assert list(tmp_path.iterdir()) == []


async def test_a_batch_wakes_its_loop_once(database: Database, wakes: list[object]) -> None:
    """Prove that fifty writes queued together are committed and answered together."""
    async with one_batch(database):
        writes = [asyncio.create_task(database.write(insert(number))) for number in range(50)]
    assert await asyncio.gather(*writes) == list(range(50))
    assert len(wakes) == 2, "one for the work that held the writer, one for the batch"


async def test_a_long_queue_is_cut_into_batches(database: Database, wakes: list[object]) -> None:
    """Prove that a queue longer than the largest batch is served to its end, in order, batch by batch."""
    count = BATCH * 2 + 3
    async with one_batch(database):
        writes = [asyncio.create_task(database.write(insert(number))) for number in range(count)]
    assert await asyncio.gather(*writes) == list(range(count))
    assert kept(database) == list(range(count))
    assert len(wakes) == 1 + 3, "one for the work that held the writer, three for the batches"


async def test_no_caller_is_answered_before_the_commit(database: Database) -> None:
    """Prove that a work whose batch is still open is neither reported done nor visible in the file."""
    started, release = threading.Event(), threading.Event()

    def hold(_: Connection) -> None:
        started.set()
        release.wait(20)

    async with one_batch(database):
        first = asyncio.create_task(database.write(insert(1)))
        second = asyncio.create_task(database.write(hold))
        await asyncio.sleep(0)
    await asyncio.to_thread(started.wait)
    assert not first.done()
    assert kept(database) == []
    release.set()
    await asyncio.gather(first, second)
    assert kept(database) == [1]


async def test_a_failing_work_undoes_only_itself(database: Database) -> None:
    """Prove that an exception in the middle of a batch reaches its caller alone and keeps the others."""
    async with one_batch(database):
        works: list[Callable[[Connection], object]] = [insert(1), spoil, insert(2), insert(1), insert(3)]
        writes = [asyncio.create_task(database.write(work)) for work in works]
    outcomes = await asyncio.gather(*writes, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes[:3]] == [int, LookupError, int]
    assert isinstance(outcomes[3], (sqlite3.IntegrityError, psycopg.IntegrityError))
    assert kept(database) == [1, 2, 3]


async def test_a_failing_work_alone_is_undone(database: Database) -> None:
    """Prove that a batch of one keeps nothing of a work that raised, and the next write succeeds."""
    with pytest.raises(LookupError, match="after a write"):
        await database.write(spoil)
    await database.write(insert(1))
    assert kept(database) == [1]


@pytest.mark.parametrize("error", [StopIteration, SystemExit, KeyboardInterrupt, asyncio.CancelledError])
async def test_any_exception_reaches_its_caller(database: Database, error: type[BaseException]) -> None:
    """Prove that not even an exception a future refuses, or one that ends threads, stops the writer."""

    def work(_: Connection) -> None:
        raise error

    expected = RuntimeError if error is StopIteration else error
    with pytest.raises(expected):
        await asyncio.to_thread(database.write_now, work)
    await database.write(insert(1))
    assert kept(database) == [1]


async def test_a_work_that_ends_the_transaction_fails_its_batch_alone(database: Database) -> None:
    """Prove that a work which commits behind the batch's back is reported, and the writer recovers."""
    async with one_batch(database):
        rogue = asyncio.create_task(
            database.write(lambda connection: connection.execute("ROLLBACK").rowcount)
        )
        other = asyncio.create_task(database.write(insert(1)))
    outcomes = await asyncio.gather(rogue, other, return_exceptions=True)
    assert all(
        isinstance(outcome, (sqlite3.ProgrammingError, psycopg.ProgrammingError)) for outcome in outcomes
    )
    await database.write(insert(2))
    assert kept(database) == [2]


async def test_a_cancelled_caller_leaves_the_batch_whole(database: Database) -> None:
    """Prove that cancelling one caller neither stops its accepted work nor touches the others."""
    async with one_batch(database):
        writes = [asyncio.create_task(database.write(insert(number))) for number in range(3)]
        await asyncio.sleep(0)
        writes[1].cancel()
    outcomes = await asyncio.gather(*writes, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [int, asyncio.CancelledError, int]
    assert kept(database) == [0, 1, 2]


async def test_two_loops_in_two_threads_share_a_database(database: Database) -> None:
    """Prove that each loop gets its own answers while both write at once."""

    async def write_all(first: int) -> list[int]:
        return await asyncio.gather(*(database.write(insert(first + number)) for number in range(200)))

    def run(first: int) -> list[int]:
        return asyncio.run(write_all(first))

    answers = await asyncio.gather(asyncio.to_thread(run, 0), asyncio.to_thread(run, 1000), write_all(2000))
    assert [answer[0] for answer in answers] == [0, 1000, 2000]
    assert sorted(number for answer in answers for number in answer) == kept(database)


async def test_a_caller_whose_loop_is_gone_does_not_stop_the_writer(database: Database) -> None:
    """Prove that answering a closed loop is skipped and the batch is committed."""

    async def leave() -> None:
        waiting = asyncio.ensure_future(database.write(insert(1)))
        await asyncio.sleep(0)
        waiting.cancel()

    async with one_batch(database):
        await asyncio.to_thread(lambda: asyncio.run(leave()))
    await database.write(insert(2))
    assert kept(database) == [1, 2]


async def test_close_commits_what_was_accepted(database: Database) -> None:
    """Prove that close waits for the queue, may be called again, and refuses later calls."""
    async with one_batch(database):
        writes = [asyncio.create_task(database.write(insert(number))) for number in range(5)]
        await asyncio.sleep(0)
        closing = [asyncio.create_task(database.close()) for _ in range(2)]
        await asyncio.sleep(0.05)
    await asyncio.gather(*closing, *writes)
    assert kept(database) == list(range(5))
    for door in (database.write, database.read):
        with pytest.raises(RuntimeError, match="was closed"):
            await door(numbers)


def test_the_sync_doors_need_no_loop(tmp_path: Path) -> None:
    """Prove that a caller without an event loop reads, writes, sees its error and closes."""
    database = Database(tmp_path / "kept.db", migrations=[TABLE])
    assert database.write_now(insert(1)) == 1
    with pytest.raises(LookupError):
        database.write_now(spoil)
    assert database.read_now(numbers) == [1]
    database.close_now()


async def test_a_read_is_one_snapshot(database: Database) -> None:
    """Prove that the statements of one read agree although a write commits between them."""
    await database.write(insert(1))
    entered, written = threading.Event(), threading.Event()

    def twice(connection: Connection) -> tuple[list[int], list[int]]:
        before = numbers(connection)
        entered.set()
        written.wait(20)
        return before, numbers(connection)

    reading = asyncio.create_task(database.read(twice))
    await asyncio.to_thread(entered.wait)
    await database.write(insert(2))
    written.set()
    assert await reading == ([1], [1])


async def test_a_read_may_not_write(database: Database) -> None:
    """Prove that a writing statement in a read is refused as the programming error it is."""
    with pytest.raises(RuntimeError, match="give it to write"):
        await database.read(insert(1))
    assert kept(database) == []


async def test_a_half_read_cursor_in_a_kept_exception_holds_no_snapshot(database: Database) -> None:
    """Prove that reads after a read which failed in the middle of its rows still see every write."""
    await asyncio.gather(*(database.write(insert(number)) for number in range(3)))

    def stop(connection: Connection) -> None:
        cursor = connection.execute("SELECT number FROM kept")
        raise LookupError(cursor.fetchone())

    errors = await asyncio.gather(*(database.read(stop) for _ in range(20)), return_exceptions=True)
    await database.write(insert(3))
    seen = await asyncio.gather(*(database.read(numbers) for _ in range(20)))
    assert all(isinstance(error, LookupError) for error in errors)
    assert seen == [[0, 1, 2, 3]] * 20
