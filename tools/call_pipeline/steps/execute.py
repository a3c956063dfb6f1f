"""Execute: run the tool once, and note what it may have cost."""

from __future__ import annotations

from collections.abc import Mapping

from graph.errors import AttestError
from graph.records import Result
from graph.tool import Tool
from tools.call_pipeline.circuit_breakers import CircuitBreakers
from tools.call_pipeline.pending_call import PendingCall
from tools.call_pipeline.steps.attempt_steps import service_of


class Execute:
    """Run the tool of a call."""

    name = "execute"

    def __init__(self, tools: Mapping[str, Tool], breakers: CircuitBreakers) -> None:
        self._tools = tools
        self._breakers = breakers

    async def __call__(self, call: PendingCall) -> Result:
        """Return the result of the tool; until it is there, the whole price counts as owed."""
        call.attempts += 1
        call.owed = call.price
        try:
            with self._breakers.asking(service_of(call)):
                return await self._tools[call.spec.name].run(call.valid_arguments, call.run, call.announce)
        except AttestError as error:
            call.owed = call.price if getattr(error, "reached", False) else error.cost
            raise
