"""Validate arguments: a tool never sees arguments that do not fit."""

from __future__ import annotations

from graph.errors import Refused
from graph.records import Call, Outcome
from tools.call_pipeline.pending_call import PendingCall, call_key, read_arguments
from tools.call_pipeline.settlement import Settlement
from tools.call_pipeline.steps.step import Proceed


class ValidateArguments:
    """Read the arguments by the tool's own model, and work out the price of the call."""

    name = "validate arguments"

    def __init__(self, settlement: Settlement) -> None:
        self._settlement = settlement

    async def __call__(self, call: PendingCall, proceed: Proceed) -> Call:
        """Set arguments, key and price; end a call whose arguments do not fit as denied."""
        try:
            arguments = read_arguments(call.spec, call.task)
            if call.spec.worst:
                call.price = call.spec.worst(arguments)
        except Refused as refused:
            return await self._settlement.failed(call, Outcome.DENIED, refused)
        call.arguments, call.key = arguments, call_key(call.spec, arguments)
        return await proceed(call)
