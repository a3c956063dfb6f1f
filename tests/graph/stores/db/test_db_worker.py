"""Prove that a patient write loses nothing and ends."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from graph.stores.db import db_worker
from tests.graph.stores.db.works import insert, kept, numbers

if TYPE_CHECKING:
    import pytest

    from graph.stores.db.database import Database


async def test_a_patient_write_shares_the_next_transaction(
    database: Database, wakes: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prove that a patient write is committed with the next impatient one, in the order they came."""
    monkeypatch.setattr(db_worker, "PATIENCE_SECONDS", 60.0)
    patient = asyncio.create_task(database.write(insert(1), patient=True))
    await asyncio.sleep(0.05)
    assert not patient.done()
    assert await database.write(numbers) == [1]
    assert await patient == 1
    assert len(wakes) == 1


async def test_patience_ends(database: Database) -> None:
    """Prove that a patient write nobody joins is on disk within a moment."""
    async with asyncio.timeout(60):
        assert await database.write(insert(1), patient=True) == 1
    assert kept(database) == [1]


async def test_close_commits_what_is_patient(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Prove that close does not leave behind a patient write."""
    monkeypatch.setattr(db_worker, "PATIENCE_SECONDS", 60.0)
    patient = asyncio.create_task(database.write(insert(1), patient=True))
    await asyncio.sleep(0)
    await database.close()
    assert await patient == 1
    assert kept(database) == [1]


async def test_calls_of_one_turn_are_committed_together(database: Database, wakes: list[object]) -> None:
    """Prove that writes asked for in one turn of the loop cost one transaction, not one each."""
    await asyncio.gather(*(database.write(insert(number)) for number in range(8)))
    assert len(wakes) == 1
