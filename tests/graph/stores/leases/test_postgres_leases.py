"""Prove that a run of a server's database is worked on by one process, and stopped from any other."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from collections.abc import Iterator

import psycopg
import pytest

from graph.config.database_address import DatabaseServer
from graph.errors import Refused, Unavailable
from graph.stores.leases.leases import leases_of, request_stop
from tests.fakes.databases import schema, word

HOLD = """
import asyncio, sys
from graph.stores.leases.leases import leases_of
from tests.fakes.databases import read_word
async def main():
    async with leases_of(read_word(sys.argv[1])).held("r1"):
        print("held", flush=True)
        await asyncio.sleep(60)
asyncio.run(main())
"""


@pytest.fixture
def place() -> Iterator[DatabaseServer]:
    """Yield an empty schema."""
    with schema() as made:
        yield made


async def test_a_run_is_worked_on_once_at_a_time(place: DatabaseServer) -> None:
    """A second worker is refused, of this process and of another one; other runs and later are free."""
    ours, others = leases_of(place), leases_of(place)
    async with ours.held("r1"), ours.held("r2"):
        for leases in (ours, others):
            with pytest.raises(Refused, match="another process"):
                async with leases.held("r1"):
                    pass
        async with others.held("r3"):
            pass
    async with others.held("r1"):
        pass
    await ours.close()
    await others.close()


async def test_whoever_holds_a_run_is_asked_to_stop_it_once(place: DatabaseServer) -> None:
    """The request reaches that run alone, and a run nobody holds keeps none for later."""
    leases = leases_of(place)
    assert not request_stop(place, "r1")
    async with leases.held("r1"), leases.held("r2"):
        assert not await leases.stop_requested("r1")
        assert request_stop(place, "r1")
        await asyncio.sleep(0.3)
        assert not await leases.stop_requested("r2")
        assert await leases.stop_requested("r1")
        assert not await leases.stop_requested("r1")
    assert not request_stop(place, "r1")
    await leases.close()


async def test_a_killed_process_holds_nothing(place: DatabaseServer) -> None:
    """SIGKILL frees the run at once: it can be resumed."""
    leases = leases_of(place)
    command = [sys.executable, "-c", HOLD, word(place)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as holder:  # noqa: ASYNC220 - its first line is awaited
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(Refused):
            async with leases.held("r1"):
                pass
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    async with asyncio.timeout(60):
        while True:
            try:
                async with leases.held("r1"):
                    break
            except Refused:
                await asyncio.sleep(0.05)
    await leases.close()


async def test_a_lost_connection_is_a_lost_lease(place: DatabaseServer) -> None:
    """Whoever held a run over it is told to let go, and another may take the run."""
    leases, others = leases_of(place), leases_of(place)
    async with leases.held("r1"):
        with psycopg.connect(place.url, autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(backend::int, 5000) FROM leases WHERE run = 'r1'")
        async with others.held("r1"):
            pass
        for _ in range(2):
            await asyncio.sleep(0.25)
            with pytest.raises(Unavailable):
                await leases.stop_requested("r1")
    await leases.close()
    await others.close()
