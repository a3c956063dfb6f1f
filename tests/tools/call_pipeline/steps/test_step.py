from __future__ import annotations

from dataclasses import dataclass

from graph.records import Call, Outcome
from tests.tools.call_pipeline.steps.stepping import Rest, pending
from tools.call_pipeline.pending_call import PendingCall
from tools.call_pipeline.steps.step import Proceed, chained


@dataclass
class Named:
    """Let a call proceed, or end it."""

    name: str
    ends: bool = False

    async def __call__(self, call: PendingCall, proceed: Proceed) -> Call:
        return call.ended(Outcome.DENIED, 2.0, detail=self.name) if self.ends else await proceed(call)


async def test_steps_are_taken_in_their_order_and_traced() -> None:
    """A call goes through every step from first to last; the trace names each as it begins."""
    call, rest, steps = pending(), Rest(), list[tuple[str, str]]()
    call.trace = lambda tool, step: steps.append((tool, step))
    ended = await chained([Named("first"), Named("second")], rest)(call)
    assert (ended.outcome, rest.proceeded) == (Outcome.DONE, [call])
    assert steps == [("pages", "first"), ("pages", "second")]


async def test_a_step_may_end_the_call() -> None:
    """What follows the step that ended a call is not reached."""
    rest = Rest()
    ended = await chained([Named("first", ends=True), Named("second")], rest)(pending())
    assert (ended.detail, rest.proceeded) == ("first", [])
