"""Run a blocking library in a thread of its own, which is not waited for once its caller is gone."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TypeVar

T = TypeVar("T")


async def run_in_own_thread(work: Callable[[], T]) -> T:
    """Return what `work` returns, or raise what it raises.

    A thread of the loop's own pool would delay the end of the loop, and of the process, until it is done. A
    stopped run would not end before the library gives up.
    """
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()

    def carry_out() -> None:
        try:
            value = work()
        except BaseException as error:  # noqa: BLE001 - whatever it is belongs to the caller, not to this thread
            _tell(loop, future, partial(future.set_exception, error))
        else:
            _tell(loop, future, partial(future.set_result, value))

    threading.Thread(target=carry_out, name="detached", daemon=True).start()
    return await future


def _tell(loop: asyncio.AbstractEventLoop, future: asyncio.Future[T], outcome: Callable[[], None]) -> None:
    with suppress(RuntimeError):  # the loop is closed: nobody is left to tell
        loop.call_soon_threadsafe(lambda: None if future.done() else outcome())
