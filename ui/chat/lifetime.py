"""Open and close what the chat works on."""

from __future__ import annotations

from contextlib import AsyncExitStack

from graph.settings import Settings
from ui.served import serving

_OPEN = AsyncExitStack()


async def open_up(settings: Settings) -> None:
    """Open the application; called once, before anybody is let in."""
    await _OPEN.enter_async_context(serving(settings))


async def close_down() -> None:
    """Put down the runs under way, so that they can be resumed, and close the application."""
    await _OPEN.aclose()
