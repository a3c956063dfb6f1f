from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import pytest

from graph.stores.db.database import Database
from tests.fakes.chainlit_home import bring_in
from tests.fakes.stored import database, engine, place  # noqa: F401  # fixtures of every test here

bring_in()

if TYPE_CHECKING:
    from ui.chat.history.data_layer import ChatDataLayer


@pytest.fixture
def history(database: Database) -> ChatDataLayer:  # noqa: F811  # the fixture
    """Return a history whose clock moves on by a second at each look."""
    from ui.chat.history.data_layer import ChatDataLayer  # noqa: PLC0415 - it imports Chainlit

    ticks, ids = count(1_800_000_000), count(1)
    return ChatDataLayer(database, lambda: float(next(ticks)), new_id=lambda: f"id-{next(ids)}")
