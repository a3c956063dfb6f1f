"""Journal hit? A call that its run completed before is not made again."""

from __future__ import annotations

from graph.ports import Calls
from graph.records import Call
from tools.call_pipeline.pending_call import PendingCall
from tools.call_pipeline.steps.step import Proceed


class JournalHit:
    """Replay a call from the journal of its run."""

    name = "journal hit?"

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    async def __call__(self, call: PendingCall, proceed: Proceed) -> Call:
        """Return the call as it ended before; let a new one proceed."""
        if replayed := await self._calls.replay(call.run, call.branch, call.task, call.key):
            return replayed
        return await proceed(call)
