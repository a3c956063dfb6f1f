"""Attach the API to the application of the chat, before its route for everything else."""

from __future__ import annotations

import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from starlette.routing import Route

from ui.server.loop_watch import watching
from ui.server.security.hosts import hosts
from ui.server.security.route_table import table
from ui.server.security.security_layer import Layer, Owner
from ui.server.web.api import api
from ui.server.web.api_context import Desk
from ui.server.web.probes import looked
from ui.server.web.problems import answer_chat_problems
from ui.server.web.request_metrics import Measured

PATHS = ("/health", "/ready", "/metrics", "/api", "/api/{rest:path}")


def nobody(_session_id: str) -> str | None:
    """Say that there is no session."""
    return None


def attach(app: FastAPI, desk: Desk, *, listening: str = "", owner: Owner = nobody) -> None:
    """Put our routes before all that `app` has, and the rules before everything; call it as the last one.

    `listening` is where the server listens, `owner` tells the account of a session of the chat.
    """
    ours = api(desk)
    app.router.routes[:0] = [_whole(Route(path, endpoint=ours)) for path in PATHS]
    answer_chat_problems(app)
    app.add_middleware(
        Layer,
        rules=table(),
        hosts=hosts(desk.settings.values, listening, desk.proxies),
        visitor=desk.visitor,
        owner=owner,
    )
    app.add_middleware(Measured, meter=desk.meter)
    _counting(app, desk)


def _whole(route: Route) -> Route:
    """Have a route take a path with line breaks too: it is answered in the API's own form."""
    route.path_regex = re.compile(route.path_regex.pattern, re.DOTALL)
    return route


def _counting(app: FastAPI, desk: Desk) -> None:
    """Let the meter hear every run of what the server opens when it starts, and watch its loop."""
    before = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(started: FastAPI) -> AsyncIterator[Any]:
        async with before(started) as state:
            desk.served().live.tap(desk.meter.heard)
            await looked(desk)
            with watching(time.monotonic):
                yield state

    app.router.lifespan_context = lifespan
