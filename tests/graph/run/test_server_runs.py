"""Prove that a run over a server's database ends when it must."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from graph.app import open_app
from graph.config.database_address import DatabaseServer
from graph.errors import Unavailable
from graph.options import Mode, Options
from graph.stores.leases.leases import request_stop
from tests.fakes.app import report, settings, small
from tests.fakes.databases import POSTGRES, schema
from tests.graph.run.test_halts import PAGES, Slow, stopping

LISTENING = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = %s"
QUICK = Options(mode=Mode.QUICK)


@pytest.fixture
def place() -> Iterator[DatabaseServer]:
    """Yield an empty schema."""
    with schema() as made:
        yield made


async def test_a_run_is_stopped_from_another_machine(tmp_path: Path, place: DatabaseServer) -> None:
    """Whoever reaches the server asks; the run ends with a report on what it has."""
    async with asyncio.timeout(60), open_app(settings(tmp_path, place.url), small(Slow(PAGES))) as app:
        made = report(await stopping(app, lambda: request_stop(place, "r1"), QUICK))
    assert made["status"] == "stopped"
    assert "a person stopped it" in str(made["unknowns"])


async def test_a_run_whose_lease_is_lost_ends_and_goes_on_elsewhere(
    tmp_path: Path, place: DatabaseServer
) -> None:
    """It is not worked on without the lock: it ends with the way on, and another process may take it."""
    named = f"lost-{place.url[-8:]}"

    def lose() -> None:
        with psycopg.connect(POSTGRES, autocommit=True) as other:
            other.execute(LISTENING, (named,))

    url = f"{place.url}&application_name={named}"
    async with asyncio.timeout(60), open_app(settings(tmp_path, url), small(Slow(PAGES))) as app:
        with pytest.raises(Unavailable, match="attest resume r1"):
            await stopping(app, lose, QUICK)
        async with app._leases.held("r1"):
            pass
