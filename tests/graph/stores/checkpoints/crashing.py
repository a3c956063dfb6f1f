"""Be the process a crash test kills: `python -m tests.graph.stores.checkpoints.crashing <path>`."""

from __future__ import annotations

import asyncio
import sys

from graph.config.database_address import Location
from graph.stores.checkpoints.checkpoint_rows import CHECKPOINT_TABLES
from graph.stores.checkpoints.checkpoint_saver import GroupCommitSaver
from graph.stores.db.database import Database
from tests.fakes.databases import read_word
from tests.graph.stores.checkpoints.graphs import SERDE, ask, build


async def main(path: Location) -> None:
    """Run threads of a graph until killed; print the name of each when it is finished."""
    database = Database(path, migrations=[CHECKPOINT_TABLES])
    graph = build().compile(checkpointer=GroupCommitSaver(database, serde=SERDE))

    async def runner(lane: int) -> None:
        for number in range(10_000):
            thread = f"{lane}-{number}"
            await graph.ainvoke(ask(thread), {"configurable": {"thread_id": thread}}, durability="sync")
            print(f"done {thread}", flush=True)  # noqa: T201 - this is what the parent reads

    await asyncio.gather(*(runner(lane) for lane in range(12)))


if __name__ == "__main__":
    asyncio.run(main(read_word(sys.argv[1])))
