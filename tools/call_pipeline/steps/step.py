"""What a step of a call is, and how steps are chained."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from graph.records import Call
from tools.call_pipeline.pending_call import PendingCall

Proceed = Callable[[PendingCall], Awaitable[Call]]
"""Take a call through the steps that follow."""


class CallStep(Protocol):
    """Do one thing about a call, then let it proceed, or end it here."""

    @property
    def name(self) -> str:
        """Return the name of the step, as the trace shows it."""

    async def __call__(self, call: PendingCall, proceed: Proceed) -> Call:
        """Return how the call ended."""


class AttemptStep(Protocol):
    """Do one thing before each attempt of a call, and undo it afterwards."""

    @property
    def name(self) -> str:
        """Return the name of the step, as the trace shows it."""

    def __call__(self, call: PendingCall) -> AbstractAsyncContextManager[None]:
        """Return what surrounds the attempt; it sees how the attempt ended."""


def chained(steps: Sequence[CallStep], last: Proceed) -> Proceed:
    """Return the function that takes a call through steps in their order, and then to the last one."""
    for step in reversed(steps):
        last = _followed(step, last)
    return last


def _followed(step: CallStep, proceed: Proceed) -> Proceed:
    async def taken(call: PendingCall) -> Call:
        call.begin(step.name)
        return await step(call, proceed)

    return taken
