"""Be the other process of a test: `python -m tests.graph.stores.db.children <part> ...`."""

from __future__ import annotations

import asyncio
import json
import resource
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from graph.stores.db.database import Database
from tests.fakes.databases import read_word

if TYPE_CHECKING:
    from graph.config.database_address import Location
    from graph.stores.db.db_worker import Connection

TABLE = "CREATE TABLE kept (who TEXT, number INTEGER, PRIMARY KEY (who, number));"
GROWN = "CREATE TABLE log (line TEXT); INSERT INTO log VALUES ('made; once');"
ROOM = 60_000


def put(connection: Connection, who: str, number: int) -> None:
    connection.execute("INSERT INTO kept VALUES (?, ?)", (who, number))


def count_and_put(connection: Connection, who: str, number: int) -> None:
    """Read before writing, as a ledger does: SQLite refuses that when the snapshot is not the latest."""
    connection.execute("SELECT count(*) FROM kept").fetchone()
    put(connection, who, number)


async def write(path: Location, who: str, count: int) -> None:
    """Write `count` rows, twenty at once."""
    database = Database(path, migrations=[TABLE])
    waiting = iter(range(count))

    async def writer() -> None:
        for number in waiting:
            await database.write(partial(count_and_put, who=who, number=number))

    await asyncio.gather(*(writer() for _ in range(20)))
    await database.close()


async def fill(path: Path) -> None:
    """Write on a disk that fills up and is freed again; print which rows were reported kept."""
    database = Database(path, migrations=[TABLE])
    await database.write(lambda _: None)
    wal = path.with_name(f"{path.name}-wal").stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (wal + ROOM, resource.RLIM_INFINITY))

    async def writer(number: int) -> int:
        await asyncio.sleep(number / 2000)
        await database.write(lambda connection: put(connection, "x" * 3000, number))
        return number

    tried = await asyncio.gather(*(writer(number) for number in range(100)), return_exceptions=True)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    tried.append(await writer(1000))
    kept = [each for each in tried if isinstance(each, int)]
    print(json.dumps([kept, sorted({repr(each) for each in tried if not isinstance(each, int)})]))  # noqa: T201


async def migrate() -> None:
    """Open each file the parent names, and say so, until it names no more."""
    print("ready", flush=True)  # noqa: T201 - this is what the parent reads
    while path := sys.stdin.readline().strip():
        database = Database(read_word(path), migrations=[TABLE, GROWN])
        await asyncio.gather(database.write(lambda _: None), database.read(lambda _: None))
        await database.close()
        print("opened", flush=True)  # noqa: T201 - this is what the parent reads


async def main(part: str, *rest: str) -> None:
    """Play one part."""
    if part == "write":
        await write(read_word(rest[0]), rest[1], int(rest[2]))
    elif part == "fill":
        await fill(Path(rest[0]))
    else:
        await migrate()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
