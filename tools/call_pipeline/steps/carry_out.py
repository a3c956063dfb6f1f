"""Carry out: make the attempts of a call, screen its output and settle it, however it ends."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from graph.errors import AttestError, Exhausted, Misconfigured, Refused, Unavailable, Unusable
from graph.records import Call, Outcome, Result
from tools.call_pipeline.pending_call import PendingCall
from tools.call_pipeline.result_validation import screen_output
from tools.call_pipeline.settlement import Settlement

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
