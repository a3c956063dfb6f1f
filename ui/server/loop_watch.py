"""Log the stack of code that blocks the event loop."""

from __future__ import annotations

import asyncio
import logging
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager

BEAT_SECONDS = 0.1
MOST_SECONDS = 0.5
_LOG = logging.getLogger(__name__)


class LoopWatch:
    """Let the loop record that it runs, and a thread check that it does.

    `clock` counts seconds, never backwards. Create it in the thread of the loop.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, clock: Callable[[], float]) -> None:
        self._loop = loop
        self._clock = clock
        self._thread = threading.get_ident()
        self._beaten = clock()
        self._told: float | None = None
        self._next: asyncio.TimerHandle | None = None
        self._ended = threading.Event()

    def beat(self) -> None:
        """Record that the loop runs, and schedule the next record."""
        self._beaten = self._clock()
        self._next = self._loop.call_later(BEAT_SECONDS, self.beat)

    def look(self) -> None:
        """Log the running stack if the loop is blocked, once for each time."""
        beaten = self._beaten
        late = self._clock() - beaten - BEAT_SECONDS
        if late <= MOST_SECONDS or beaten == self._told:
            return
        self._told = beaten
        frame = sys._current_frames().get(self._thread)  # noqa: SLF001  # the one way to see another thread
        stack = "".join(traceback.format_stack(frame)) if frame else ""
        _LOG.warning("the event loop has been held up for %.1f s, here:\n%s", late, stack)

    def watch(self) -> None:
        """Check until `stop`, in its own thread."""
        while not self._ended.wait(BEAT_SECONDS):
            self.look()

    def end(self) -> None:
        """Stop recording and checking."""
        self._ended.set()
        if self._next is not None:
            self._next.cancel()


@contextmanager
def watching(clock: Callable[[], float]) -> Iterator[LoopWatch]:
    """Watch the running loop while the context is open."""
    watch = LoopWatch(asyncio.get_running_loop(), clock)
    watch.beat()
    thread = threading.Thread(target=watch.watch, name="loop watch", daemon=True)
    thread.start()
    try:
        yield watch
    finally:
        watch.end()
        thread.join()
