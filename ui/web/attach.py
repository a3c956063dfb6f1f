"""Attach the API to the application of the chat, before its route for everything else."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from starlette.routing import Route

from graph.settings import Settings
from ui.people.accounts import Accounts
from ui.web.api import api
from ui.web.armour import Armour
from ui.web.desk import Desk, open_desk
from ui.web.requests import Measured
from ui.web.session_cookie import by_session

PATHS = ("/health", "/ready", "/metrics", "/api", "/api/{rest:path}")


def attach(app: FastAPI, desk: Desk | None = None) -> None:
    """Put our routes before all that `app` has, and count its requests; call it before the server starts.

    Without a desk it is made by the settings. Raises Misconfigured.
    """
    desk = desk or _desk()
    ours = Armour(api(desk))
    app.router.routes[:0] = [_whole(Route(path, endpoint=ours)) for path in PATHS]
    app.add_middleware(Measured, meter=desk.meter)
    _counting(app, desk)


def _whole(route: Route) -> Route:
    """Have a route take a path with line breaks too: it is answered in the API's own form."""
    route.path_regex = re.compile(route.path_regex.pattern, re.DOTALL)
    return route


def _counting(app: FastAPI, desk: Desk) -> None:
    """Let the meter hear every run of what the server opens when it starts."""
    before = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(started: FastAPI) -> AsyncIterator[Any]:
        async with before(started) as state:
            desk.served().live.tap(desk.meter.heard)
            yield state

    app.router.lifespan_context = lifespan


def _desk() -> Desk:
    settings = Settings.from_environment()
    accounts = Accounts(settings.home)
    return open_desk(settings, by_session(settings, accounts), accounts=accounts)
