"""Open and close what the chat works on, and give Chainlit its place to keep conversations."""

from __future__ import annotations

import asyncio
import logging
import time
import uuid
from contextlib import AsyncExitStack

from fastapi import APIRouter, FastAPI

from graph.config.settings import Settings, hand_down
from graph.stores.db.database import Database
from graph.stores.db.migrations import MIGRATIONS
from ui.chat.history.history import History
from ui.chat.login import logout
from ui.server.server_context import serving
from ui.terminal.exits import in_one_line

_OPEN = AsyncExitStack()


async def open_up(settings: Settings) -> None:
    """Open the application; called once, before anybody is let in.

    Raises SystemExit where an operator must mend something: Chainlit only logs what a handler raises.
    """
    with in_one_line():
        await _OPEN.enter_async_context(serving(settings))
    watching = asyncio.create_task(logout.watch(), name="sessions")
    _OPEN.callback(watching.cancel)


def hush() -> None:
    """Keep the words of questions out of the log: httpx writes there each address it asks."""
    logging.getLogger("httpx").setLevel(logging.WARNING)


def believe_no_proxy() -> None:
    """Keep uvicorn from believing headers of proxies: `ui/server/web/client_address.py` says which count."""
    hand_down("FORWARDED_ALLOW_IPS", "")


async def close_down() -> None:
    """Put down the runs under way, so that they can be resumed, and close the application."""
    await _OPEN.aclose()


def database_of(settings: Settings) -> Database:
    """Return the database of the runs, for people and conversations; nothing is opened before it is used."""
    database = Database(settings.database, migrations=MIGRATIONS)
    _OPEN.push_async_callback(database.close)
    return database


def conversations(database: Database) -> History:
    """Return where conversations are kept."""
    return History(database, time.time, new_id=lambda: str(uuid.uuid4()))


def before_the_page(app: FastAPI, *routers: APIRouter) -> None:
    """Put routes before the one of Chainlit that answers everything with its page."""
    known = len(app.router.routes)
    for router in routers:
        app.include_router(router)
    app.router.routes[:] = [*app.router.routes[known:], *app.router.routes[:known]]
