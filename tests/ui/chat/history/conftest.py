from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import pytest

from graph.people.conversations import Conversations
from graph.stores.db.database import Database
from tests.fakes.chainlit_home import bring_in, use
from tests.fakes.stored import database, engine, place  # noqa: F401  # fixtures of every test here

bring_in()

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import httpx

    from ui.chat.history.data_layer import ChatDataLayer


@pytest.fixture
def history(database: Database) -> ChatDataLayer:  # noqa: F811  # the fixture
    """Return a history whose clock moves on by a second at each look."""
    from ui.chat.history.data_layer import ChatDataLayer  # noqa: PLC0415 - it imports Chainlit

    ticks, ids = count(1_800_000_000), count(1)
    return ChatDataLayer(
        Conversations(database), lambda: float(next(ticks)), new_id=lambda: f"id-{next(ids)}"
    )


@pytest.fixture
async def client(history: ChatDataLayer, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[httpx.AsyncClient]:
    """Serve the routes of the history, with people who log in by password."""
    import httpx  # noqa: PLC0415
    from chainlit.config import config  # noqa: PLC0415 - its home is known by now

    from tests.ui.chat.history.routes import app  # noqa: PLC0415 - it imports Chainlit

    use(history, monkeypatch)
    monkeypatch.setenv("CHAINLIT_AUTH_SECRET", "s" * 64)
    monkeypatch.setattr(config.code, "password_auth_callback", lambda *_: None)
    transport = httpx.ASGITransport(app())
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        yield client
