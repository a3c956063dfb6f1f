"""Who reads the words off the pictures in a document: none, unless the process that parses names one."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar

Read = Callable[[bytes, str], str | None]
"""Return the words of a picture that stands in a place such as `page 3 of 9`, or None."""

reads: ContextVar[Read | None] = ContextVar("reads", default=None)
