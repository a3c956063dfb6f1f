"""Run code in workers without access to this machine: no files, no network, no clock, no modules."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from pydantic_monty import CollectString, Monty, MontyError, MontySession, OSPolicy, ResourceLimits

from graph.errors import Misconfigured, Unusable
from guards.outside_text import plain
from tools.compute.expression_value import with_value_shown

WORKERS = 2
SECONDS = 2.0
MEMORY = 64 * 1024 * 1024
DEPTH = 200
OUTPUT = 20_000

_LIMITS: Final[ResourceLimits] = {
    "max_feed_duration_secs": SECONDS,
    "max_memory": MEMORY,
    "max_recursion_depth": DEPTH,
    "max_suspensions": 100,
    "max_total_sleep_secs": 0.0,
}
# Equal code has an equal result: there is no clock, and the random seed is fixed.
_POLICY: Final[OSPolicy] = {"datetime": "call_host", "sleep": "zero", "random_start": {"seed": 0}}
_LONGEST_ERROR = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeResult:
    """Hold what code printed, and the `repr` of its last expression ("None" for none)."""

    printed: str
    value: str


class Interpreter:
    """Keep workers; each serves one run and ends, so nothing of a run is left for the next.

    A thread of our own drives each worker: the library's event loop may abort the process at exit.
    """

    def __init__(self) -> None:
        self._opening = threading.Lock()
        self._threads: ThreadPoolExecutor | None = None
        self._pool: Monty | None = None

    async def run(self, code: str) -> CodeResult:
        """Run code; a run that is cancelled ends its worker.

        Raises Unusable with the error of the code, or Misconfigured when no worker can start.
        """
        feed = _Feed(with_value_shown(code))
        if self._threads is None:
            self._threads = ThreadPoolExecutor(WORKERS, thread_name_prefix="interpreter")
        try:
            return await asyncio.wrap_future(self._threads.submit(self._work, feed))
        finally:
            feed.stop()

    async def close(self) -> None:
        """End the workers."""
        await asyncio.to_thread(self._end)

    def _work(self, feed: _Feed) -> CodeResult:
        try:
            with self._opened().checkout(limits=_LIMITS, os_policy=_POLICY) as session:
                return feed.through(session)
        except MontyError as error:
            raise Unusable(f"the code ended in {_line(error)}") from None
        except RuntimeError as error:
            raise Misconfigured(
                f"no interpreter can start ({error}): install pydantic-monty for this platform"
            ) from None

    def _opened(self) -> Monty:
        with self._opening:
            if self._pool is None:
                pool = Monty(max_processes=WORKERS, max_checkouts_per_worker=1, request_timeout=2 * SECONDS)
                self._pool = pool.__enter__()
            return self._pool

    def _end(self) -> None:
        threads, self._threads = self._threads, None
        if threads is not None:
            threads.shutdown(cancel_futures=True)
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.__exit__(None, None, None)


class _Feed:
    """Drive one worker through one run; `stop` kills it, from any thread."""

    def __init__(self, code: str) -> None:
        self._code = code
        self._turn = threading.Lock()
        self._stopped = False
        self._worker: int | None = None

    def through(self, session: MontySession) -> CodeResult:
        """Return what the code printed, and its value."""
        with self._turn:
            if self._stopped:
                raise Unusable("the run was stopped")
            self._worker = session.worker_pid
        printed = CollectString(max_bytes=OUTPUT)
        try:
            value = session.feed_run(self._code, print_callback=printed)
        finally:
            with self._turn:  # from here on another process may have its number
                self._worker = None
        return CodeResult(printed=printed.output, value=_text(value))

    def stop(self) -> None:
        """End the run, if it has not ended."""
        with self._turn:
            self._stopped = True
            if self._worker is not None:
                with suppress(ProcessLookupError):
                    os.kill(self._worker, signal.SIGKILL)


def _text(value: object) -> str:
    """Return the value of a run as text; any other value is of code that could not be parsed here."""
    if value is None:
        return "None"
    if not isinstance(value, str):
        raise Unusable("the last expression could not be shown: print it")
    if len(value) > OUTPUT:
        raise Unusable(f"the code came to more than {OUTPUT:,} characters: ask for less")
    return value


def _line(error: MontyError) -> str:
    said = error.display("type-msg") if hasattr(error, "display") else f"a crash: {error}"
    return plain(said[: 2 * _LONGEST_ERROR])[:_LONGEST_ERROR]
