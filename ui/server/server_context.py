"""Hold what this process serves: its settings, the application and the runs under way."""

from __future__ import annotations

import secrets
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph import installation
from graph.config.settings import Settings
from ui.server.background_runs import BackgroundRuns
from ui.server.security.concurrency_limit import ConcurrencyLimit
from ui.server.start_throttle import StartThrottle

if TYPE_CHECKING:
    from graph.run.application import Application

Open = Callable[[Settings], AbstractAsyncContextManager["Application"]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerContext:
    """Hold what the chat and the HTTP API of a server share: one application and its runs."""

    settings: Settings
    app: Application
    runs: BackgroundRuns


_CURRENT: list[ServerContext] = []


@asynccontextmanager
async def serving(settings: Settings, opened: Open = installation.open_app) -> AsyncIterator[ServerContext]:
    """Open the application for the handlers of this process; cancel its runs at the end."""
    async with opened(settings) as app:
        throttle = StartThrottle(time.monotonic, lambda: app.stored(""))
        most = settings.server_settings.runs_waiting
        waiting = ConcurrencyLimit(most, "runs that wait for their turn: ask again in a moment")
        runs = BackgroundRuns(lambda: secrets.token_hex(4), time.time, throttle.wait, waiting)
        current = ServerContext(settings=settings, app=app, runs=runs)
        _CURRENT.append(current)
        try:
            yield current
        finally:
            await current.runs.close()
            _CURRENT.remove(current)


def served() -> ServerContext:
    """Return the context of this process; raises RuntimeError where `serving` did not open one."""
    if not _CURRENT:
        raise RuntimeError("nothing is served yet: `serving` opens it")
    return _CURRENT[-1]
