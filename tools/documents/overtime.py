"""End the reading of a file when its time is over, and keep what was read until then."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import NoReturn, TypeVar

from graph.errors import Unusable

T = TypeVar("T")

OUT_OF_TIME = "it takes too long to read, and was left"
"""How a remark begins about what was read in part; then comes where."""


class Overtime(BaseException):
    """Say that the time is over; no library takes it for an error of the file and goes on."""


class Overdue(Unusable):
    """Say that a file took too long: another time it may not, so it is not the file's fault."""


def limit(processor: float, seconds: float) -> None:
    """Let Overtime be raised in this process after so many seconds of processor time, or by the clock."""
    for kind in (signal.SIGPROF, signal.SIGALRM):
        signal.signal(kind, _over)
    signal.setitimer(signal.ITIMER_PROF, processor)
    signal.setitimer(signal.ITIMER_REAL, seconds)


@contextmanager
def paused() -> Iterator[None]:
    """Let no time pass for the file while others work for it."""
    left = signal.getitimer(signal.ITIMER_PROF)[0], signal.getitimer(signal.ITIMER_REAL)[0]
    lift()
    try:
        yield
    finally:
        if all(left):
            limit(*left)


def lift() -> None:
    """Let nothing more be raised."""
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.setitimer(signal.ITIMER_REAL, 0)


def gathered(items: Iterable[T]) -> tuple[list[T], bool]:
    """Return the items that come in time, and whether the time ended before the last of them."""
    kept: list[T] = []
    try:
        for item in items:
            kept.append(item)  # noqa: PERF402 - what came before the end is kept
    except Overtime:
        return kept, True
    return kept, False


def in_time(work: Callable[[], T]) -> tuple[T | None, bool]:
    """Return what a work gives, or None when the time ended before."""
    try:
        return work(), False
    except Overtime:
        return None, True


def _over(*_: object) -> NoReturn:
    lift()
    raise Overtime
