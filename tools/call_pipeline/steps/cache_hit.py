"""Cache hit? An equal call of any run may serve, if the tool allows it."""

from __future__ import annotations

from graph.ports import Cache
from graph.records import Call, Clock
from tools.call_pipeline.pending_call import PendingCall
from tools.call_pipeline.settlement import Settlement
from tools.call_pipeline.steps.step import Proceed


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
