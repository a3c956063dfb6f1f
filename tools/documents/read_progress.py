"""Tell whoever waits for a file how far the reading of it has come."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

T = TypeVar("T")
Tell = Callable[[float], None]

STEP = 0.05
"""The share of a file after which it is told again."""
_tell: ContextVar[Tell | None] = ContextVar("tell", default=None)


def listening(tell: Tell, work: Callable[[], T]) -> T:
    """Do a work in this thread, and tell how far it has come: the share of its file, in 0..1."""
    last = 0.0

    def in_steps(share: float) -> None:
        nonlocal last
        if share - last >= STEP:
            last = share
            tell(share)

    token = _tell.set(in_steps)
    try:
        return work()
    finally:
        _tell.reset(token)


def told(share: float) -> None:
    """Say which share of a file is read, in 0..1, to whoever listens in this thread."""
    if tell := _tell.get():
        tell(share)


@contextmanager
def portion(begin: float, end: float) -> Iterator[None]:
    """Let what is told meanwhile of a part of a file count for its portion of the whole, both in 0..1."""
    tell = _tell.get()
    token = _tell.set((lambda share: tell(begin + share * (end - begin))) if tell else None)
    try:
        yield
    finally:
        _tell.reset(token)
    told(end)


def metered(items: Iterable[T], total: int, long: int, size: Callable[[T], int] = lambda _: 1) -> Iterator[T]:
    """Yield items and tell how far they have come of a total size; what is short for `long` is told less."""
    step = STEP * max(total, long)
    at, next_step = 0, step
    for item in items:
        yield item
        at += size(item)
        if at >= next_step:
            told(at / total)
            next_step = at + step
