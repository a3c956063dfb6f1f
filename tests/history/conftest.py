from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import pytest

from graph.stores.database import Database
from graph.stores.migrations import MIGRATIONS
from tests.fakes.chainlit_home import bring_in
from tests.fakes.databases import ENGINES, Engine, location

bring_in()

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from graph.location import Location
    from ui.chat.history import History


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Engine:
    """Name the engine: whatever is kept of a chat is tested on each."""
    named: Engine = request.param
    return named


@pytest.fixture
def place(engine: Engine, tmp_path: Path) -> Iterator[Location]:
    """Yield where an empty database of that engine is."""
    with location(engine, tmp_path) as place:
        yield place


@pytest.fixture
async def database(place: Location) -> AsyncIterator[Database]:
    database = Database(place, migrations=MIGRATIONS)
    yield database
    await database.close()


@pytest.fixture
def history(database: Database) -> History:
    """Return a history whose clock moves on by a second at each look."""
    from ui.chat.history import History  # noqa: PLC0415 - it imports Chainlit

    ticks, ids = count(1_800_000_000), count(1)
    return History(database, lambda: float(next(ticks)), new_id=lambda: f"id-{next(ids)}")
