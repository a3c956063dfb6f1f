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
from ui.server.security.security_layer import Owner, SecurityLayer
from ui.server.web.api import api
from ui.server.web.api_context import ApiContext
from ui.server.web.probes import check_readiness
from ui.server.web.problems import answer_chat_problems
from ui.server.web.request_metrics import RequestMetrics

PATHS = ("/health", "/ready", "/metrics", "/api", "/api/{rest:path}")


def nobody(_session_id: str) -> str | None:
    """Return None: there is no session."""
    return None


def attach(app: FastAPI, context: ApiContext, *, listening: str = "", owner: Owner = nobody) -> None:
    """Add our routes before those of `app`, and the security layer before everything; call this last.

    `listening` is the address of the server; `owner` returns the account id of a chat session.
    """
    ours = api(context)
    app.router.routes[:0] = [_whole(Route(path, endpoint=ours)) for path in PATHS]
    answer_chat_problems(app)
    app.add_middleware(
        SecurityLayer,
        rules=table(),
        hosts=hosts(context.settings.values, listening, context.proxies),
        visitor=context.visitor,
        owner=owner,
    )
    app.add_middleware(RequestMetrics, metrics=context.metrics)
    _counting(app, context)


def _whole(route: Route) -> Route:
    """Let a route match a path with line breaks too, so that the API answers it in its own form."""
    route.path_regex = re.compile(route.path_regex.pattern, re.DOTALL)
    return route


def _counting(app: FastAPI, context: ApiContext) -> None:
    """Count the events of every run while the server runs, and watch its event loop."""
    before = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(started: FastAPI) -> AsyncIterator[Any]:
        async with before(started) as state:
            context.served().runs.add_listener(context.metrics.count_event)
            await check_readiness(context)
            with watching(time.monotonic):
                yield state

    app.router.lifespan_context = lifespan
