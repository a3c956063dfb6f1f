"""Attach the API to the application of the chat, before its route for everything else."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from starlette.routing import Route

from ui.web.api import api
from ui.web.armour import Armour
from ui.web.desk import Desk
from ui.web.requests import Measured

PATHS = ("/health", "/ready", "/metrics", "/api", "/api/{rest:path}")


def attach(app: FastAPI, desk: Desk) -> None:
    """Put our routes before all that `app` has, and count its requests; call it before the server starts."""
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
