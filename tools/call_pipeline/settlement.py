"""Carry a call out, and write down how it ended: store evidence, settle, audit, in one transaction."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from graph.errors import AttestError, Exhausted, Misconfigured, Refused, Unavailable, Unusable
from graph.ports import Cache, Calls
from graph.records import Call, Clock, Outcome, Result, Snapshot
from tools.call_pipeline.pending_call import PendingCall
from tools.call_pipeline.result_validation import screen_output


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


_LOG = logging.getLogger(__name__)


class CarryOut:
    """Take a call from its first attempt to its settlement."""

    def __init__(self, attempts: Callable[[PendingCall], Awaitable[Result]], settlement: Settlement) -> None:
        self._attempts = attempts
        self._settlement = settlement

    async def __call__(self, call: PendingCall) -> Call:
        """Return how the call ended; raise Misconfigured where the run cannot do without the tool."""
        try:
            call.begin("retry")
            result = await self._attempts(call)
            call.begin("screen output")
            result = screen_output(result, call.priced_spec)
            call.owed = result.cost
        except Exception as error:  # a fault in one tool must not take its siblings with it
            outcome, known = failure_of(error, call)
            ended = await self._settlement.failed(call, outcome, known, key=call.key)
            if call.spec.essential and isinstance(error, Misconfigured):
                raise
            return ended
        return await self._settlement.done(call, result)


def failure_of(error: Exception, call: PendingCall) -> tuple[Outcome, AttestError]:
    """Return how a call ended that raised, and the error to report."""
    name = call.spec.name
    if isinstance(error, Exhausted):
        return Outcome.STOPPED, error
    if isinstance(error, Refused):
        return Outcome.DENIED, error
    if isinstance(error, TimeoutError):
        return Outcome.FAILED, Unavailable(f"{name} gave no answer within {call.spec.timeout:g} s")
    if isinstance(error, AttestError):
        return Outcome.FAILED, error
    _LOG.error("%s failed in a way it does not know", name, exc_info=error)
    return Outcome.FAILED, Unusable(f"{name} failed unexpectedly ({type(error).__name__})")
