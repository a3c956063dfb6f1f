"""Set Chainlit's server up, and open and close what the chat works with."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

from fastapi import APIRouter, FastAPI

from graph.config.settings import hand_down
from graph.errors import AttestError
from graph.people.sessions import Sessions
from guards.visible_text import one_line
from ui.chat.login.logout import watch_sessions
from ui.server.server_context import ServerLifetime
from ui.terminal.exits import in_one_line


async def open_chat(lifetime: ServerLifetime, sessions: Sessions) -> None:
    """Open the application and watch the login sessions. Call it once, before anybody is let in.

    Raises SystemExit for a problem that the operator must solve: Chainlit only logs what a handler raises.
    """
    with in_one_line():
        await lifetime.open()
    in_background(lifetime, watch_sessions(sessions))


def in_background(lifetime: ServerLifetime, work: Coroutine[Any, Any, None]) -> None:
    """Do some work while the server runs; it is ended with it, and its errors are logged."""
    task = asyncio.create_task(_logged(work))

    async def stop() -> None:
        task.cancel()

    lifetime.on_close(stop)


async def _logged(work: Coroutine[Any, Any, None]) -> None:
    try:
        await work
    except (AttestError, OSError) as error:
        logging.getLogger(__name__).warning("%s", one_line(str(error)))


def quiet_http_log() -> None:
    """Keep questions out of the log: httpx logs every address that it requests."""
    logging.getLogger("httpx").setLevel(logging.WARNING)


def trust_no_proxy() -> None:
    """Keep uvicorn from trusting headers of proxies; `ui/server/web/client_address.py` decides on them."""
    hand_down("FORWARDED_ALLOW_IPS", "")


def add_routes_first(app: FastAPI, *routers: APIRouter) -> None:
    """Put routes before Chainlit's route for every other path, which serves its page."""
    known = len(app.router.routes)
    for router in routers:
        app.include_router(router)
    app.router.routes[:] = [*app.router.routes[known:], *app.router.routes[:known]]
