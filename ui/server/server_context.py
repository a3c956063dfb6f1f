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
from ui.server.background_runs import LiveRuns
from ui.server.security.concurrency_limit import AtOnce
from ui.server.start_throttle import Turnstile

if TYPE_CHECKING:
    from graph.run.application import App

Open = Callable[[Settings], AbstractAsyncContextManager["App"]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """Carry what every door of a server needs: the chat and the HTTP API share one application."""

    settings: Settings
    app: App
    live: LiveRuns


_CURRENT: list[Served] = []


@asynccontextmanager
async def serving(settings: Settings, opened: Open = installation.open_app) -> AsyncIterator[Served]:
    """Open the application for the handlers of this process; runs under way are put down at the end."""
    async with opened(settings) as app:
        turnstile = Turnstile(time.monotonic, lambda: app.stored(""))
        waiting = AtOnce(settings.doors.runs_waiting, "runs that wait for their turn: ask again in a moment")
        live = LiveRuns(lambda: secrets.token_hex(4), time.time, turnstile.enter, waiting)
        current = Served(settings=settings, app=app, live=live)
        _CURRENT.append(current)
        try:
            yield current
        finally:
            await current.live.close()
            _CURRENT.remove(current)


def served() -> Served:
    """Return what this process serves; raise RuntimeError where nothing is open."""
    if not _CURRENT:
        raise RuntimeError("nothing is served yet: `serving` opens it")
    return _CURRENT[-1]
