from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import pytest

from graph.stores.database import Database
from graph.stores.migrations import MIGRATIONS
from tests.fakes.chainlit_home import bring_in

bring_in()

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from ui.chat.history import History


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = Database(tmp_path / "attest.db", migrations=MIGRATIONS)
    yield database
    await database.close()


@pytest.fixture
def history(database: Database) -> History:
    """Return a history whose clock moves on by a second at each look."""
    from ui.chat.history import History  # noqa: PLC0415 - it imports Chainlit

    ticks, ids = count(1_800_000_000), count(1)
    return History(database, lambda: float(next(ticks)), new_id=lambda: f"id-{next(ids)}")
