"""Prove that a killed process loses no run it reported done."""

from __future__ import annotations

import random
import time
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver

from graph.stores.checkpoints.checkpoint_rows import CHECKPOINT_TABLES
from graph.stores.checkpoints.checkpoint_saver import GroupCommitSaver
from graph.stores.db.database import Database
from tests.fakes.databases import ENGINES, Engine, location, word
from tests.graph.stores.checkpoints.graphs import SERDE, answer, build
from tests.graph.stores.db.test_database_failures import child, rows

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from langchain_core.runnables import RunnableConfig
    from langgraph.checkpoint.base import BaseCheckpointSaver
    from langgraph.graph.state import CompiledStateGraph

    from graph.config.database_address import Location


def run_until_killed(place: Location, seconds: float) -> list[str]:
    """Let the child run that long after its first finished thread, kill it, and return what it reported."""
    process = child("checkpoints.crashing", word(place))
    assert process.stdout is not None
    first = process.stdout.readline()
    time.sleep(seconds)
    process.kill()
    lines = [first, *process.communicate(timeout=60)[0].splitlines(keepends=True)]
    return [line.split()[1] for line in lines if line.startswith("done ") and line.endswith("\n")]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("seed", [11, 12, 13])
async def test_a_kill_loses_no_run_reported_done(tmp_path: Path, engine: Engine, seed: int) -> None:
    """Prove that after SIGKILL the database is whole, done runs are complete and the rest resume.

    What a file holds is resumed on the stock saver.
    """
    with location(engine, tmp_path) as place:
        done = run_until_killed(place, random.Random(seed).uniform(0.2, 1.2))  # noqa: S311 - when to kill
        if isinstance(place, Path):
            assert rows(place, "PRAGMA integrity_check") == [("ok",)]
        started = {str(thread) for (thread,) in rows(place, "SELECT DISTINCT thread_id FROM checkpoints")}
        assert set(done) <= started
        async with resuming(place) as saver:
            await finish(build().compile(checkpointer=saver), started, done)
    assert done


@asynccontextmanager
async def resuming(place: Location) -> AsyncIterator[BaseCheckpointSaver[Any]]:
    """Yield a saver over what the killed process left."""
    if isinstance(place, Path):
        async with AsyncSqliteSaver.from_conn_string(str(place)) as stock:
            stock.serde = SERDE
            yield stock
        return
    database = Database(place, migrations=[CHECKPOINT_TABLES])
    yield GroupCommitSaver(database, serde=SERDE)
    await database.close()


async def finish(graph: CompiledStateGraph[Any, Any, Any, Any], started: set[str], done: list[str]) -> None:
    """Resume what was started; whatever was reported done must be so already."""
    for thread in started:
        config: RunnableConfig = {"configurable": {"thread_id": thread}}
        state = await graph.aget_state(config)
        assert thread not in done or state.values["answer"] == answer(thread)
        if state.next:
            assert (await graph.ainvoke(None, config, durability="sync"))["answer"] == answer(thread)
