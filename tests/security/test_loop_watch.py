"""What holds the loop up is logged with its stack, once, and nothing else is."""

from __future__ import annotations

import asyncio
import logging
import threading

import pytest

from ui.server.loop_watch import MOST_SECONDS, LoopWatch, watching


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


async def test_a_callback_that_blocks_is_logged_with_its_stack(caplog: pytest.LogCaptureFixture) -> None:
    """It is named while it still blocks: here it goes on only when it was logged."""
    logged = threading.Event()

    class Heard(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            logged.set()

    log = logging.getLogger("ui.server.loop_watch")
    log.addHandler(handler := Heard())
    clock = Clock()

    def hold_the_loop_up() -> None:
        clock.now += 100
        assert logged.wait(60)

    try:
        with caplog.at_level(logging.WARNING), watching(clock):
            await asyncio.sleep(0)
            hold_the_loop_up()
    finally:
        log.removeHandler(handler)
    assert "hold_the_loop_up" in caplog.text
    assert "logged.wait(60)" in caplog.text


async def test_each_time_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    """However often is looked; a loop that goes on is not told of, and one that is held up again is."""
    clock = Clock()
    watch = LoopWatch(asyncio.get_running_loop(), clock)
    watch.beat()
    counts = []
    for seconds in (MOST_SECONDS, 0.2, 10, 10):
        clock.now += seconds
        watch.look()
        counts.append(len(caplog.records))
    watch.end()
    watch.beat()
    clock.now += MOST_SECONDS / 2
    watch.look()
    counts.append(len(caplog.records))
    clock.now += MOST_SECONDS
    watch.look()
    counts.append(len(caplog.records))
    watch.end()
    assert counts == [0, 1, 1, 1, 1, 2]


async def test_it_ends_with_what_it_watches() -> None:
    """No thread and no timer stays."""
    with watching(Clock()):
        assert any(thread.name == "loop watch" for thread in threading.enumerate())
    assert not any(thread.name == "loop watch" for thread in threading.enumerate())
