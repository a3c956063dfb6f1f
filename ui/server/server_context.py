"""Hold what this process serves: its settings, the application and the runs under way."""

from __future__ import annotations

import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from graph.config.settings import Settings
from ui.server.background_runs import LiveRuns
from ui.server.security.concurrency_limit import AtOnce
from ui.server.start_throttle import Turnstile
from ui.terminal import terminal_session
from ui.terminal.terminal_session import App

Open = Callable[[Settings], AbstractAsyncContextManager[App]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """Carry what every door of a server needs: the chat and the HTTP API share one application."""

    settings: Settings
    app: App
    live: LiveRuns


@asynccontextmanager
async def serving(settings: Settings, opened: Open = terminal_session.open_app) -> AsyncIterator[Served]:
    """Open the application for the handlers of this process; runs under way are put down at the end."""
    async with opened(settings) as app:
        turnstile = Turnstile(time.monotonic, lambda: app.stored(""))
        waiting = AtOnce(
            settings.server_settings.runs_waiting, "runs that wait for their turn: ask again in a moment"
        )
        live = LiveRuns(lambda: secrets.token_hex(4), time.time, turnstile.enter, waiting)
        try:
            yield Served(settings=settings, app=app, live=live)
        finally:
            await live.close()


class ServerLifetime:
    """Open what a process serves when it starts, hold it for the handlers, and close it at the end."""

    def __init__(self, settings: Settings, opened: Open = terminal_session.open_app) -> None:
        self._settings, self._opened = settings, opened
        self._stack = AsyncExitStack()
        self._context: Served | None = None

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

    def context(self) -> Served:
        """Return what is open; raise RuntimeError before `open` and after `close`."""
        if self._context is None:
            raise RuntimeError("nothing is served: `open` was not called, or `close` was")
        return self._context
