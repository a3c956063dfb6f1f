"""Cancellation: end a run early, when a person stops it or its deadline passes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from graph.errors import Exhausted


@dataclass(slots=True, kw_only=True)
class _RunScopes:
    """Hold the scopes of a run that can be interrupted, and why they were."""

    why: str = ""
    scopes: set[asyncio.Timeout] = field(default_factory=set)
    deadline: asyncio.TimerHandle | None = None


class Cancellation:
    """Interrupt the calls of a run that must end; finished calls stay."""

    def __init__(self) -> None:
        self._runs: dict[str, _RunScopes] = {}

    def begin(self, run_id: str, seconds: float = 0.0) -> None:
        """Let a run go on from now, for at most so many seconds (0: without limit)."""
        self.end(run_id)
        run = self._runs[run_id] = _RunScopes()
        if seconds:
            why = f"its deadline of {seconds:g} s passed"
            run.deadline = asyncio.get_running_loop().call_later(seconds, self.stop, run_id, why)

    def stop(self, run_id: str, why: str) -> None:
        """Interrupt every call of a run and let none begin; ignore a run that is not under way."""
        run = self._runs.get(run_id)
        if run is None or run.why:
            return
        run.why = why
        for scope in run.scopes:
            scope.reschedule(asyncio.get_running_loop().time())

    def end(self, run_id: str) -> None:
        """Forget a run."""
        run = self._runs.pop(run_id, None)
        if run and run.deadline:
            run.deadline.cancel()

    @asynccontextmanager
    async def bounded(self, run_id: str) -> AsyncIterator[None]:
        """Interrupt the body when the run is stopped; raise Exhausted with the reason."""
        run = self._runs.get(run_id) or _RunScopes()
        if run.why:
            raise Exhausted(run.why)
        scope = asyncio.timeout(None)
        try:
            async with scope:
                run.scopes.add(scope)
                yield
        except TimeoutError:
            if scope.expired():
                raise Exhausted(run.why) from None
            raise
        finally:
            run.scopes.discard(scope)
