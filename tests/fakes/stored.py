"""Give tests of what is stored an empty database of either engine, as fixtures."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from graph.config.database_address import Location
from graph.stores.db.database import Database
from graph.stores.db.migrations import MIGRATIONS
from tests.fakes.databases import ENGINES, Engine, location


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Engine:
    """Name the engine a test runs on."""
    chosen: Engine = request.param
    return chosen


@pytest.fixture
def place(engine: Engine, tmp_path: Path) -> Iterator[Location]:
    """Yield where an empty database is."""
    with location(engine, tmp_path) as made:
        yield made


@pytest_asyncio.fixture
async def database(place: Location) -> AsyncIterator[Database]:
    """Yield an empty database with all its tables."""
    opened = Database(place, migrations=MIGRATIONS)
    yield opened
    await opened.close()
