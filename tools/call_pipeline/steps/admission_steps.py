"""Authorise, validate arguments, confirm approval, reserve: may this call be made?"""

from __future__ import annotations

import logging

from graph.errors import Exhausted, Refused
from graph.events import Noted
from graph.ports import Calls
from graph.records import Call, Outcome
from tools.call_pipeline.authorization import Authority
from tools.call_pipeline.pending_call import PendingCall, call_key, read_arguments
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
