"""Authorise: ask the policy whether a run may make a call."""

from __future__ import annotations

from graph.errors import Refused
from graph.records import Call, Outcome
from tools.call_pipeline.authorization import Authority
from tools.call_pipeline.pending_call import PendingCall
from tools.call_pipeline.settlement import Settlement
from tools.call_pipeline.steps.step import Proceed


class Authorise:
    """Deny what no policy permits: role, tool, taint, approval and price count."""

    name = "authorise"

    def __init__(self, authority: Authority, settlement: Settlement) -> None:
        self._authority = authority
        self._settlement = settlement

    async def __call__(self, call: PendingCall, proceed: Proceed) -> Call:
        """Let a permitted call proceed; end any other as denied."""
        try:
            self._authority.check(call.run, call.priced_spec, call.task)
        except Refused as refused:
            return await self._settlement.failed(call, Outcome.DENIED, refused)
        return await proceed(call)


class AuthorisePrice(Authorise):
    """Ask the policy again where the price of the call is known only from its arguments."""

    name = "authorise price"

    async def __call__(self, call: PendingCall, proceed: Proceed) -> Call:
        """Let a call proceed whose price is permitted, or was known before."""
        return await (super().__call__(call, proceed) if call.spec.worst else proceed(call))


class ConfirmApproval:
    """Deny an approved call whose tool is no longer what a person approved.

    It stands after the journal: a call that was made before the tool changed is still replayed.
    """

    name = "confirm approval"

    def __init__(self, authority: Authority, settlement: Settlement) -> None:
        self._authority = authority
        self._settlement = settlement

    async def __call__(self, call: PendingCall, proceed: Proceed) -> Call:
        """Let a call proceed unless its approval was for another tool."""
        if changed := self._authority.changed(call.spec, call.task):
            return await self._settlement.failed(call, Outcome.DENIED, changed)
        return await proceed(call)
