"""Many write into one history, and a server that closes connections costs nothing that was kept."""

from __future__ import annotations

import asyncio
import time
from itertools import count
from typing import TYPE_CHECKING

import psycopg
import pytest

from graph.config.database_address import server
from graph.errors import Unavailable, Unusable
from graph.people.conversations import Conversations
from graph.stores.db.database import Database
from graph.stores.db.migrations import MIGRATIONS
from tests.fakes.databases import POSTGRES, schema
from tests.ui.chat.history.given import step
from ui.chat.history.data_layer import ChatDataLayer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.config.database_address import DatabaseServer, Location
    from graph.stores.db.db_worker import Connection

CLOSE = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = %s"


@pytest.fixture
def server_place() -> Iterator[DatabaseServer]:
    """Yield an empty schema of a server."""
    with schema() as made:
        yield made


def history_of(database: Database) -> ChatDataLayer:
    """Return a history over a database of its own, as another process has one."""
    numbers = count()
    return ChatDataLayer(Conversations(database), time.time, new_id=lambda: f"{id(database)}-{next(numbers)}")


async def outputs(history: ChatDataLayer, thread: str) -> list[str]:
    """Return what was said in a thread, in its order."""
    found = await history.get_thread(thread)
    return [] if found is None else [each["output"] for each in found["steps"]]


def turns(connection: Connection) -> list[int]:
    """Return the places of all steps."""
    return [turn for (turn,) in connection.execute("SELECT turn FROM chat_steps")]


async def test_two_writers_of_one_thread_lose_nothing(place: Location) -> None:
    """Each step of both is kept, once, in the order its writer gave, and no two have one place."""
    databases = [Database(place, migrations=MIGRATIONS) for _ in range(2)]
    here, there = map(history_of, databases)
    same = "2026-01-01T00:00:00Z"

    async def write(history: ChatDataLayer, numbers: range) -> None:
        for number in numbers:
            await history.create_step(step("t", number, createdAt=same))

    await asyncio.gather(write(here, range(40)), write(there, range(40, 80)))
    said = await outputs(here, "t")
    assert [each for each in said if int(each.split()[1]) < 40] == [f"answer {n}" for n in range(40)]
    assert [each for each in said if int(each.split()[1]) >= 40] == [f"answer {n}" for n in range(40, 80)]
    places = await databases[1].read(turns)
    assert len(set(places)) == len(places) == 80
    for database in databases:
        await database.close()


async def test_two_writers_of_one_step_keep_the_keys_of_both(place: Location) -> None:
    """Neither change undoes the other, because each is made of what is kept at that moment."""
    databases = [Database(place, migrations=MIGRATIONS) for _ in range(2)]
    histories = [history_of(each) for each in databases]
    await histories[0].create_step(step("t"))
    for number in range(20):
        changes = ({"output": f"at {number}"}, {"input": f"at {number}"})
        await asyncio.gather(
            *(
                history.update_step({"id": step("t")["id"], "threadId": "t", **change})  # type: ignore[typeddict-item]  # what changed alone
                for history, change in zip(histories, changes, strict=True)
            )
        )
        found = await histories[0].get_thread("t")
        assert found is not None
        assert (found["steps"][0]["output"], found["steps"][0]["input"]) == (f"at {number}", f"at {number}")
    for database in databases:
        await database.close()


def named(place: DatabaseServer) -> tuple[DatabaseServer, str]:
    """Name the connections of a test, so that they can be closed by name."""
    name = f"chat-{place.url[-8:]}"
    return server(f"{place.url}&application_name={name}"), name


def close_connections(name: str) -> None:
    """Close connections as a server does that is restarted."""
    with psycopg.connect(POSTGRES, autocommit=True) as other:
        other.execute(CLOSE, (name,))


async def test_a_history_outlives_the_connections_it_had(server_place: DatabaseServer) -> None:
    """When the server closed them, what comes next is kept and read over new ones, and nobody notices."""
    place, name = named(server_place)
    database = Database(place, migrations=MIGRATIONS)
    history = history_of(database)
    for number in range(3):
        await history.create_step(step("t", number))
        await asyncio.to_thread(close_connections, name)
        assert await outputs(history, "t") == [f"answer {n}" for n in range(number + 1)]
        await asyncio.to_thread(close_connections, name)
    await database.close()


async def test_a_step_lost_with_its_connection_is_told(server_place: DatabaseServer) -> None:
    """A write whose connection is closed in its midst is told, is not kept, and can be repeated."""
    place, name = named(server_place)
    database = Database(place, migrations=MIGRATIONS)
    told: list[str] = []

    async def lost(what: str, error: Exception) -> None:
        told.append(f"{what}: {error}")

    history = ChatDataLayer(Conversations(database), time.time, new_id=lambda: "id", on_lost=lost)
    await history.create_step(step("t", 0))

    def closing(_: Connection) -> None:
        close_connections(name)

    given = asyncio.gather(database.write(closing), history.create_step(step("t", 1)), return_exceptions=True)
    outcomes = await given
    assert [type(each) for each in outcomes] == [Unavailable, Unavailable]
    assert "nothing was stored: try again" in told[0]
    assert await outputs(history, "t") == ["answer 0"]
    await history.create_step(step("t", 1))
    assert await outputs(history, "t") == ["answer 0", "answer 1"]
    await database.close()


async def test_too_much_for_an_index_is_no_lost_connection(server_place: DatabaseServer) -> None:
    """A limit of the server is named as one, and the works beside it are kept."""
    database = Database(server_place, migrations=MIGRATIONS)
    noise = "".join(chr(0x4E00 + (n * 7919) % 20_000) for n in range(4_000))
    beside = history_of(database)

    def store(connection: Connection) -> None:
        connection.execute("INSERT INTO chat_deleted (thread, at) VALUES (?, 0.0)", (noise,))

    refused, kept = await asyncio.gather(
        database.write(store), beside.create_step(step("t")), return_exceptions=True
    )
    assert isinstance(refused, Unusable)
    assert "give it less at once" in str(refused)
    assert kept is None
    assert await outputs(beside, "t") == ["answer 0"]
    await database.close()
