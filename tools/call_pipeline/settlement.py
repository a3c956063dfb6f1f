"""Store evidence, settle, audit: write down how a call ended, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from graph.errors import AttestError
from graph.ports import Cache, Calls
from graph.records import Call, Clock, Outcome, Result, Snapshot
from tools.call_pipeline.pending_call import PendingCall


class Settlement:
    """Enter every ending into the books: evidence, ledger, journal and audit change together."""

    def __init__(self, calls: Calls, cache: Cache, clock: Clock) -> None:
        self._calls = calls
        self._cache = cache
        self._clock = clock

    async def end(
        self, call: PendingCall, ended: Call, snapshots: Sequence[Snapshot] = (), *, key: str | None = None
    ) -> Call:
        """Write down a call that ended, by default under its key, and return it."""
        call.begin("store evidence, settle, audit")
        await self._calls.end(call.run, call.key if key is None else key, ended, snapshots)
        return ended

    async def failed(self, call: PendingCall, outcome: Outcome, error: AttestError, *, key: str = "") -> Call:
        """Write down a call that an error ended; without a key, nothing was reserved for it."""
        ended = call.ended(outcome, self._clock(), detail=str(error), fault=type(error).__name__)
        return await self.end(call, replace(ended, tokens=error.tokens), key=key)

    async def done(self, call: PendingCall, result: Result) -> Call:
        """Write down a call that brought a result, and cache it if the tool allows."""
        ended = await self.end(call, self._done(call, result), result.snapshots)
        if call.is_cacheable:
            await self._cache.put(call.key, ended, call.spec.ttl)
        return ended

    def _done(self, call: PendingCall, result: Result) -> Call:
        passages = tuple(replace(passage, branch=call.branch) for passage in result.passages)
        return replace(
            call.ended(Outcome.DONE, self._clock(), detail=result.detail),
            passages=passages,
            found=len(passages),
            sources=(*(snapshot.source for snapshot in result.snapshots), *result.sources),
            unknowns=result.skipped,
            tokens=result.tokens,
        )
