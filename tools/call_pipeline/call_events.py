"""What a call announces while it is made."""

from __future__ import annotations

from graph.events import CallFinished, CallRetried, CallStarted
from graph.records import Call
from tools.call_pipeline.pending_call import PendingCall


def started(call: PendingCall) -> CallStarted:
    """Return the announcement that a call begins."""
    return CallStarted(task=call.task.id, tool=call.task.tool, purpose=call.task.purpose)


def retried(call: PendingCall, number: int, seconds: float, reason: str) -> CallRetried:
    """Return the announcement that an attempt with this number follows after some seconds."""
    return CallRetried(
        task=call.task.id, tool=call.spec.name, attempt=number, seconds=round(seconds, 3), reason=reason
    )


def finished(call: Call) -> CallFinished:
    """Return the announcement of how a call ended."""
    return CallFinished(
        task=call.task,
        tool=call.tool,
        outcome=call.outcome,
        seconds=round(call.ended - call.started, 4),
        cost=call.cost,
        found=call.found,
        detail=call.detail,
        replayed=call.replayed,
        cached=call.cached,
        attempts=call.attempts,
    )
