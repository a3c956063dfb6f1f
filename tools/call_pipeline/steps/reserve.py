"""Reserve: set the worst case aside before a call is made."""

from __future__ import annotations

import logging

from graph.errors import Exhausted
from graph.events import Noted
from graph.ports import Calls
from graph.records import Call, Outcome
from tools.call_pipeline.pending_call import PendingCall
from tools.call_pipeline.settlement import Settlement
from tools.call_pipeline.steps.step import Proceed

_LOG = logging.getLogger(__name__)


class Reserve:
    """Reserve the price of a call in the ledger."""

    name = "reserve"

    def __init__(self, calls: Calls, settlement: Settlement) -> None:
        self._calls = calls
        self._settlement = settlement

    async def __call__(self, call: PendingCall, proceed: Proceed) -> Call:
        """Let a call proceed if every cap has room for it, else skip it; warn of caps nearly used up."""
        spec = call.spec
        try:
            warnings = await self._calls.reserve(call.run, spec.name, call.key, call.price, spec.model)
        except Exhausted as exhausted:
            return await self._settlement.failed(call, Outcome.SKIPPED, exhausted, key=call.key)
        for warning in warnings:
            _LOG.warning("%s", warning)
            call.announce(Noted(text=str(warning)))
        return await proceed(call)
