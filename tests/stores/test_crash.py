"""Prove that a killed process loses no run it reported done."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

import pytest
from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver

from tests.stores.graphs import SERDE, answer, build
from tests.stores.test_database_failures import child, rows

if TYPE_CHECKING:
    from pathlib import Path


def run_until_killed(path: Path, seconds: float) -> list[str]:
    """Let the child run that long after its first finished thread, kill it, and return what it reported."""
    process = child("crashing", str(path))
    assert process.stdout is not None
    first = process.stdout.readline()
    time.sleep(seconds)
    process.kill()
    lines = [first, *process.communicate(timeout=60)[0].splitlines(keepends=True)]
    return [line.split()[1] for line in lines if line.startswith("done ") and line.endswith("\n")]


@pytest.mark.parametrize("seed", [11, 12, 13])
async def test_a_kill_loses_no_run_reported_done(tmp_path: Path, seed: int) -> None:
    """Prove that after SIGKILL the file is whole, done runs are complete and the rest resume on stock."""
    path = tmp_path / "kept.db"
    done = run_until_killed(path, random.Random(seed).uniform(0.2, 1.2))  # noqa: S311 - the moment of the kill
    assert rows(path, "PRAGMA integrity_check") == [("ok",)]
    started = {str(thread) for (thread,) in rows(path, "SELECT DISTINCT thread_id FROM checkpoints")}
    assert set(done) <= started
    async with AsyncSqliteSaver.from_conn_string(str(path)) as stock:
        stock.serde = SERDE
        graph = build().compile(checkpointer=stock)
        for thread in started:
            config = {"configurable": {"thread_id": thread}}
            state = await graph.aget_state(config)  # type: ignore[arg-type]
            assert thread not in done or state.values["answer"] == answer(thread)
            if state.next:
                values = await graph.ainvoke(None, config, durability="sync")  # type: ignore[call-overload]
                assert values["answer"] == answer(thread)
    assert done
