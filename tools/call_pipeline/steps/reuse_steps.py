"""Journal hit, join equal calls, cache hit: is there a result of an equal call?"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from graph.errors import Exhausted
from graph.ports import Cache, Calls
from graph.records import Call, Clock, Outcome
from graph.single_flight import SingleFlight
from tools.call_pipeline.cancellation import Cancellation
from tools.call_pipeline.pending_call import PendingCall
from tools.call_pipeline.settlement import Settlement
from tools.call_pipeline.steps.step import Proceed


class JournalHit:
    """Replay a call from the journal of its run."""

    name = "journal hit?"

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    async def __call__(self, call: PendingCall, proceed: Proceed) -> Call:
        """Return the call as it ended before; let a new one proceed."""
        if replayed := await self._calls.replay(call.run, call.branch, call.task, call.key):
            return replayed
        return await proceed(call)


Led = tuple[str, Call]
"""The run that made a call, and how the call ended."""


class JoinEqualCalls:
    """Make one call of equal ones; a result that may be cached serves other runs too."""

    name = "join equal calls"

    def __init__(
        self, flight: SingleFlight[Led], cancellation: Cancellation, settlement: Settlement, clock: Clock
    ) -> None:
        self._flight = flight
        self._cancellation = cancellation
        self._settlement = settlement
        self._clock = clock

    async def __call__(self, call: PendingCall, proceed: Proceed) -> Call:
        """Make the call, or wait for an equal one; do not share the end of another run's stopped call."""
        own_run = call.run.id

        async def make() -> Led:
            return own_run, await proceed(call)

        while True:
            try:
                (leader, ended), led = await self._joined(call, make)
            except Exhausted as stopped:
                return await self._settlement.failed(call, Outcome.STOPPED, stopped)
            if led:
                return ended
            shared = call.answered_by(ended, self._clock())
            if leader == own_run:
                return replace(shared, replayed=True)
            if ended.outcome in {Outcome.DONE, Outcome.FAILED}:
                return await self._settlement.end(call, replace(shared, cached=True))

    async def _joined(self, call: PendingCall, make: Callable[[], Awaitable[Led]]) -> tuple[Led, bool]:
        """Wait for an equal call only as long as the run goes on; a call that is made here ends by itself."""
        key = call.key if call.is_cacheable else f"{call.run.id}/{call.key}"
        if not self._flight.flies(key):
            return await self._flight.join(key, make)
        async with self._cancellation.bounded(call.run.id):
            return await self._flight.join(key, make)


class CacheHit:
    """Serve a call from the cache, for a tool that is deterministic and says for how long."""

    name = "cache hit?"

    def __init__(self, cache: Cache, settlement: Settlement, clock: Clock) -> None:
        self._cache = cache
        self._settlement = settlement
        self._clock = clock

    async def __call__(self, call: PendingCall, proceed: Proceed) -> Call:
        """End a call that the cache answers; let any other proceed."""
        if call.is_cacheable and (hit := await self._cache.get(call.key)):
            return await self._settlement.end(call, call.answered_by(hit, self._clock()))
        return await proceed(call)
