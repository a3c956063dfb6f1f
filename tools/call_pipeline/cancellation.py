"""End a run early: stopped by a person, or past its deadline."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from graph.errors import Exhausted


@dataclass(slots=True, kw_only=True)
class _Halt:
    """Hold what may have to be interrupted, and why it was."""

    why: str = ""
    scopes: set[asyncio.Timeout] = field(default_factory=set)
    deadline: asyncio.TimerHandle | None = None


class Halts:
    """Interrupt the calls of a run that must end; what they had finished stays."""

    def __init__(self) -> None:
        self._halts: dict[str, _Halt] = {}

    def begin(self, run_id: str, seconds: float = 0.0) -> None:
        """Let a run go on from now, for so many seconds (0: as long as it takes)."""
        self.end(run_id)
        halt = self._halts[run_id] = _Halt()
        if seconds:
            why = f"its deadline of {seconds:g} s passed"
            halt.deadline = asyncio.get_running_loop().call_later(seconds, self.stop, run_id, why)

    def stop(self, run_id: str, why: str) -> None:
        """Interrupt every call of a run and let none begin; a run that is not under way is left alone."""
        halt = self._halts.get(run_id)
        if halt is None or halt.why:
            return
        halt.why = why
        for scope in halt.scopes:
            scope.reschedule(asyncio.get_running_loop().time())

    def why(self, run_id: str) -> str:
        """Return why a run was stopped, or nothing."""
        halt = self._halts.get(run_id)
        return halt.why if halt else ""

    def end(self, run_id: str) -> None:
        """Forget a run."""
        halt = self._halts.pop(run_id, None)
        if halt and halt.deadline:
            halt.deadline.cancel()

    @asynccontextmanager
    async def bounded(self, run_id: str) -> AsyncIterator[None]:
        """Interrupt what is done here when the run is stopped; raises Exhausted with the reason."""
        halt = self._halts.get(run_id) or _Halt()
        if halt.why:
            raise Exhausted(halt.why)
        scope = asyncio.timeout(None)
        try:
            async with scope:
                halt.scopes.add(scope)
                yield
        except TimeoutError:
            if scope.expired():
                raise Exhausted(halt.why) from None
            raise
        finally:
            halt.scopes.discard(scope)
