"""Count the writes under way, keep those of one thing in order, and tell of each that failed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeAlias

from chainlit.context import ChainlitContextException, get_context

from ui.terminal.visible_text import one_line

Lost: TypeAlias = Callable[[str, Exception], Awaitable[None]]

_log = logging.getLogger("attest.chat")


async def tell_the_person(what: str, error: Exception) -> None:
    """Show in the browser of this session that something was not saved; without a session the log has it."""
    try:
        emitter = get_context().emitter
    except ChainlitContextException:
        return
    await emitter.send_toast(one_line(f"Not saved: {what}. {error}"), "error")


class Writes:
    """Watch writes: Chainlit starts most of them in tasks nobody waits for, whose errors nobody sees."""

    def __init__(self, lost: Lost) -> None:
        self._lost = lost
        self._open = 0
        self._idle = asyncio.Event()
        self._turns: dict[str, tuple[asyncio.Lock, int]] = {}

    async def settled(self) -> None:
        """Wait until nothing is under way, started tasks included."""
        await asyncio.sleep(0)
        while self._open:
            self._idle.clear()
            await self._idle.wait()

    @asynccontextmanager
    async def of(self, what: str) -> AsyncIterator[None]:
        """Log and tell of whatever fails inside, and raise it."""
        self._open += 1
        try:
            yield
        except Exception as error:
            _log.exception("not saved: %s", what)
            await self._tell(what, error)
            raise
        finally:
            self._open -= 1
            if not self._open:
                self._idle.set()

    @asynccontextmanager
    async def in_turn(self, what: str, name: str) -> AsyncIterator[None]:
        """Do the same, and let what was begun earlier under this name end first."""
        lock, waiting = self._turns.get(name, (asyncio.Lock(), 0))
        self._turns[name] = lock, waiting + 1
        try:
            async with self.of(what), lock:
                yield
        finally:
            lock, waiting = self._turns.pop(name)
            if waiting > 1:
                self._turns[name] = lock, waiting - 1

    async def _tell(self, what: str, error: Exception) -> None:
        try:
            await self._lost(what, error)
        except Exception:  # noqa: BLE001 - the loss is raised next: a failing alarm must not take its place
            _log.exception("could not tell that this was not saved: %s", what)
