from __future__ import annotations

import asyncio
import threading

import pytest

from tools.search.web.blocking_thread import run_in_own_thread


async def test_what_the_work_returns_or_raises_comes_back() -> None:
    """A caller sees the outcome as if it had done the work itself."""
    assert await run_in_own_thread(lambda: 7) == 7
    with pytest.raises(ZeroDivisionError):
        await run_in_own_thread(lambda: 1 // 0)


def test_work_that_hangs_holds_up_no_stopped_run() -> None:
    """The loop ends while the thread still hangs: nobody waits for a library that is asked in vain."""
    begun, gate, ended = threading.Event(), threading.Event(), threading.Event()

    def hang() -> None:
        begun.set()
        gate.wait()
        ended.set()

    async def stopped() -> None:
        work = asyncio.ensure_future(run_in_own_thread(hang))
        await asyncio.to_thread(begun.wait)
        work.cancel()
        with pytest.raises(asyncio.CancelledError):
            await work

    asyncio.run(stopped())
    assert not ended.is_set()
    gate.set()
    ended.wait()
