"""Track the writes under way: their number, their order and their failures."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any, TypeAlias

from chainlit.context import ChainlitContextException, get_context

from guards.visible_text import one_line

OnLost: TypeAlias = Callable[[str, Exception], Awaitable[None]]

_log = logging.getLogger("attest.chat")


async def show_loss(what: str, error: Exception) -> None:
    """Show in the browser of this session that something was not saved; without a session only log it."""
    try:
        emitter = get_context().emitter
    except ChainlitContextException:
        return
    await emitter.send_toast(one_line(f"Not saved: {what}. {error}"), "error")


class WriteTracker:
    """Track writes: Chainlit starts most of them in tasks that nobody awaits, so their errors are lost."""

    def __init__(self, on_lost: OnLost) -> None:
        self._on_lost = on_lost
        self._tasks: set[asyncio.Task[None]] = set()
        self._open = 0
        self._idle = asyncio.Event()
        self._turns: dict[str, tuple[asyncio.Lock, int]] = {}

    async def settled(self) -> None:
        """Wait until no write is under way, with those in tasks that were just started."""
        await asyncio.sleep(0)
        while self._open:
            self._idle.clear()
            await self._idle.wait()

    def start(self, write: Coroutine[Any, Any, None]) -> None:
        """Write in a task of its own, and keep the task until it is done."""
        task = asyncio.create_task(write)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    @asynccontextmanager
    async def track(self, what: str) -> AsyncIterator[None]:
        """Count the write inside; log, show and raise its failure."""
        self._open += 1
        try:
            yield
        except Exception as error:
            _log.exception("not saved: %s", what)
            await self._report(what, error)
            raise
        finally:
            self._open -= 1
            if not self._open:
                self._idle.set()

    @asynccontextmanager
    async def in_order(self, what: str, name: str) -> AsyncIterator[None]:
        """Do the same after the earlier writes of this name, first come first served."""
        lock, waiting = self._turns.get(name, (asyncio.Lock(), 0))
        self._turns[name] = lock, waiting + 1
        try:
            async with self.track(what), lock:
                yield
        finally:
            lock, waiting = self._turns.pop(name)
            if waiting > 1:
                self._turns[name] = lock, waiting - 1

    async def _report(self, what: str, error: Exception) -> None:
        try:
            await self._on_lost(what, error)
        except Exception:  # noqa: BLE001 - the loss itself is raised next
            _log.exception("could not tell that this was not saved: %s", what)
