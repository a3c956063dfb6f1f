"""Hold what this process serves: its settings, the application and the runs under way."""

from __future__ import annotations

import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
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


@asynccontextmanager
async def serving(settings: Settings, opened: Open = installation.open_app) -> AsyncIterator[ServerContext]:
    """Open the application for the handlers of this process; cancel its runs at the end."""
    async with opened(settings) as app:
        throttle = StartThrottle(time.monotonic, lambda: app.stored(""))
        most = settings.server_settings.runs_waiting
        waiting = ConcurrencyLimit(most, "runs that wait for their turn: ask again in a moment")
        runs = BackgroundRuns(lambda: secrets.token_hex(4), time.time, throttle.wait, waiting)
        try:
            yield ServerContext(settings=settings, app=app, runs=runs)
        finally:
            await runs.close()


class ServerLifetime:
    """Open what a process serves when it starts, hold it for the handlers, and close it at the end."""

    def __init__(self, settings: Settings, opened: Open = installation.open_app) -> None:
        self._settings, self._opened = settings, opened
        self._stack = AsyncExitStack()
        self._context: ServerContext | None = None

    async def open(self) -> None:
        """Open the application. Call it once, before the first request."""
        self._context = await self._stack.enter_async_context(serving(self._settings, self._opened))

    def on_close(self, close: Callable[[], Awaitable[object]]) -> None:
        """Call this at the end too; what was added last is called first."""
        self._stack.push_async_callback(close)

    async def close(self) -> None:
        """Stop the runs under way, so that they can be resumed, and close everything."""
        await self._stack.aclose()
        self._context = None

    def context(self) -> ServerContext:
        """Return what is open; raise RuntimeError before `open` and after `close`."""
        if self._context is None:
            raise RuntimeError("nothing is served: `open` was not called, or `close` was")
        return self._context
