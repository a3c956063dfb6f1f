"""Parse each file where it can do no harm."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext, suppress
from typing import TypeVar

from graph.errors import Unusable
from tools.documents.character_recognition import Recogniser
from tools.documents.formats.markup import written_as
from tools.documents.formats.table import format_of, parse
from tools.documents.overtime import Overdue
from tools.documents.parsed import Parsed
from tools.documents.worker import Died, Limits, Said, Worker, nothing

T = TypeVar("T")

# Nothing in so little text can take long or much, not even putting 30,000 stacked accents in order.
INLINE = 64 * 1024


def cores() -> int:
    """Count the processors this process may use, and at least two: one file must not hold up all others."""
    usable = getattr(os, "sched_getaffinity", None)
    return max(2, len(usable(0)) if usable else os.cpu_count() or 1)


class Parser:
    """Parse small texts here and everything else in children, started when first needed, one for each core.

    Any number of threads may share one; those that find every child busy wait for the first that is free.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        children: int | None = None,
        recogniser: Recogniser | None = None,
    ) -> None:
        self._limits = limits or Limits()
        self._recogniser = recogniser
        self.children = children or cores()
        self._idle: list[Worker] = []
        self._seats = threading.Semaphore(self.children)
        # Threads of its own: those that wait for a child must not be those that look names up.
        self._threads = ThreadPoolExecutor(self.children, thread_name_prefix="parser")

    async def aside(self, work: Callable[[], T]) -> T:
        """Do a work that parses in a thread of this parser; there are as many as it has children."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    def parse(self, suffix: str, data: bytes, said: Said = nothing) -> Parsed:
        """Return what a file of a suffix such as `.pdf` says, normalised, as far as it was read in time.

        A plain text that is written in a markup is read as that, and as it stands where that fails.
        Raises Unusable with the reason in plain words, Overdue where nothing was read in time, or Unavailable
        when no child can be started. The place of each picture that is read by its looks is `said` before.
        """
        written = written_as(suffix, data)
        try:
            return self._parsed(written, data, said)
        except Unusable:
            if written == suffix:
                raise
            return self._parsed(suffix, data, said)

    def close(self) -> None:
        """End the children once they are idle; the next file that needs one starts another."""
        with self._recogniser.stopped() if self._recogniser else nullcontext():
            for _ in range(self.children):
                self._seats.acquire()
        while self._idle:
            self._idle.pop().stop()
        self._seats.release(self.children)

    def _parsed(self, suffix: str, data: bytes, said: Said) -> Parsed:
        if len(data) <= INLINE and not format_of(suffix).isolated:
            return parse(suffix, data)
        with self._seats:
            return self._in_child(suffix, data, said)

    def _in_child(self, suffix: str, data: bytes, said: Said) -> Parsed:
        """Ask a child; a death that what it read before may have caused is tried once more in a new one."""
        if worn := self._rested():
            try:
                return self._asked(worn, suffix, data, said)
            except Died as death:
                if death.late:
                    raise Overdue(str(death)) from death
        try:
            return self._asked(Worker(self._limits, self._recogniser), suffix, data, said)
        except Died as death:
            raise (Overdue if death.late else Unusable)(str(death)) from death

    def _rested(self) -> Worker | None:
        with suppress(IndexError):
            return self._idle.pop()
        return None

    def _asked(self, worker: Worker, suffix: str, data: bytes, said: Said) -> Parsed:
        """Ask one child, and keep it for the next file where it is still fit for it."""
        try:
            parsed = worker.parse(suffix, data, said)
        except Unusable:
            self._idle.append(worker)
            raise
        except BaseException:
            worker.stop()
            raise
        if parsed.late:
            worker.stop()
        else:
            self._idle.append(worker)
        return parsed
