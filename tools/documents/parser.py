"""Parse each file where it can do no harm."""

from __future__ import annotations

import threading

from graph.errors import Unusable
from tools.documents.formats.table import format_of, parse
from tools.documents.parsed import Parsed
from tools.documents.worker import Died, Limits, Worker

# Nothing in so little text can take long or much, not even putting 30,000 stacked accents in order.
INLINE = 64 * 1024


class Parser:
    """Parse small texts here and everything else in a child that is started when first needed.

    Any number of threads may share one; the child serves them in turn.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._worker: Worker | None = None
        self._turn = threading.Lock()

    def parse(self, suffix: str, data: bytes) -> Parsed:
        """Return what a file of a suffix such as `.pdf` says, normalised.

        Raises Unusable with the reason in plain words, or Unavailable when no child can be started.
        """
        if len(data) <= INLINE and not format_of(suffix).isolated:
            return parse(suffix, data)
        with self._turn:
            return self._in_child(suffix, data)

    def close(self) -> None:
        """End the child; the next file that needs one starts another."""
        with self._turn:
            self._drop()

    def _in_child(self, suffix: str, data: bytes) -> Parsed:
        """Ask the child; a death that what it read before may have caused is tried once more in a new one."""
        worn = self._worker is not None
        self._worker = self._worker or Worker(self._limits)
        try:
            return self._worker.parse(suffix, data)
        except Died as death:
            self._drop()
            if worn and not death.late:
                return self._in_child(suffix, data)
            raise Unusable(str(death)) from death

    def _drop(self) -> None:
        if self._worker is not None:
            self._worker.stop()
        self._worker = None
