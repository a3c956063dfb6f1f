from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from graph.stores.db.database import Database
from graph.stores.db.db_worker import settle
from tests.fakes.databases import ENGINES, location
from tests.graph.stores.db.children import TABLE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from pathlib import Path

    from graph.config.database_address import Location


@pytest.fixture(params=ENGINES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Location]:
    """Yield where an empty database is, on either engine."""
    with location(request.param, tmp_path) as made:
        yield made


@pytest.fixture
async def database(place: Location) -> AsyncIterator[Database]:
    database = Database(place, migrations=[TABLE])
    yield database
    await database.close()


@pytest.fixture
async def wakes(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Note each time another thread wakes this loop with answers."""
    noted: list[object] = []
    loop = asyncio.get_running_loop()
    wake = loop.call_soon_threadsafe

    def note(callback: Callable[..., object], *arguments: Any) -> asyncio.Handle:  # noqa: ANN401 - passes them on
        if callback is settle:
            noted.append(arguments)
        return wake(callback, *arguments)

    monkeypatch.setattr(loop, "call_soon_threadsafe", note)
    return noted
