"""Tell whoever waits for a file how far the reading of it has come."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import TypeVar

T = TypeVar("T")
Tell = Callable[[float], None]

STEP = 0.05
"""The share of a file after which it is told again."""
_tell: ContextVar[Tell | None] = ContextVar("tell", default=None)


def listening(tell: Tell, work: Callable[[], T]) -> T:
    """Do a work in this thread, and tell how far it has come: the share of its file, in 0..1."""
    token = _tell.set(tell)
    try:
        return work()
    finally:
        _tell.reset(token)


def told(share: float) -> None:
    """Say which share of a file is read, in 0..1, to whoever listens in this thread."""
    if tell := _tell.get():
        tell(share)
