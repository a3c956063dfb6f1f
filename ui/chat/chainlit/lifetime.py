"""Set Chainlit's server up, and open and close what the chat works with."""

from __future__ import annotations

import asyncio
import logging
import time
import uuid

from fastapi import APIRouter, FastAPI

from graph.config.settings import Settings, hand_down
from graph.stores.db.database import Database
from graph.stores.db.migrations import MIGRATIONS
from ui.chat.history.data_layer import ChatDataLayer
from ui.chat.login.logout import watch_sessions
from ui.server.people.sessions import Sessions
from ui.server.server_context import ServerLifetime
from ui.terminal.exits import in_one_line


async def open_chat(lifetime: ServerLifetime, sessions: Sessions) -> None:
    """Open the application and watch the login sessions. Call it once, before anybody is let in.

    Raises SystemExit for a problem that the operator must solve: Chainlit only logs what a handler raises.
    """
    with in_one_line():
        await lifetime.open()
    watching = asyncio.create_task(watch_sessions(sessions), name="sessions")

    async def stop_watching() -> None:
        watching.cancel()

    lifetime.on_close(stop_watching)


def quiet_http_log() -> None:
    """Keep questions out of the log: httpx logs every address that it requests."""
    logging.getLogger("httpx").setLevel(logging.WARNING)


def trust_no_proxy() -> None:
    """Keep uvicorn from trusting headers of proxies; `ui/server/web/client_address.py` decides on them."""
    hand_down("FORWARDED_ALLOW_IPS", "")


def database_of(settings: Settings) -> Database:
    """Return the database of the runs, for people and conversations; it opens at its first use."""
    return Database(settings.database, migrations=MIGRATIONS)


def data_layer_of(database: Database) -> ChatDataLayer:
    """Return the data layer that stores conversations."""
    return ChatDataLayer(database, time.time, new_id=lambda: str(uuid.uuid4()))


def add_routes_first(app: FastAPI, *routers: APIRouter) -> None:
    """Put routes before Chainlit's route for every other path, which serves its page."""
    known = len(app.router.routes)
    for router in routers:
        app.include_router(router)
    app.router.routes[:] = [*app.router.routes[known:], *app.router.routes[:known]]
