"""Run a coroutine to its end, or stop at once on Ctrl-C."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import threading
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any, TypeVar

T = TypeVar("T")

GRACE_SECONDS = 0.5
STOPPED = 130


def complete(work: Coroutine[Any, Any, T], last_words: Callable[[], None]) -> T:
    """Run to the end; Ctrl-C cancels, and raises KeyboardInterrupt.

    When cancelling takes long (a thread that parses cannot be stopped) the process ends after
    `last_words`: what is stored is safe at any instant.
    """
    logging.getLogger().addHandler(logging.NullHandler())  # a library's warning may quote a document
    logging.captureWarnings(capture=True)
    abandon = threading.Timer(GRACE_SECONDS, _abandon, [last_words])
    abandon.daemon = True
    try:
        return asyncio.run(_stoppable(work, abandon))
    except asyncio.CancelledError:
        raise KeyboardInterrupt from None
    finally:
        abandon.cancel()


async def _stoppable(work: Coroutine[Any, Any, T], abandon: threading.Timer) -> T:
    task = asyncio.ensure_future(work)

    def stop() -> None:
        task.cancel()
        if not abandon.is_alive():
            abandon.start()

    with suppress(NotImplementedError, ValueError):  # Windows, or not the main thread
        asyncio.get_running_loop().add_signal_handler(signal.SIGINT, stop)
    return await task


def _abandon(last_words: Callable[[], None]) -> None:
    last_words()
    os._exit(STOPPED)
