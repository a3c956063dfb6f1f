from __future__ import annotations

from graph.events import CallFinished, CallRetried, CallStarted
from graph.records import Outcome
from tests.tools.call_pipeline.steps.stepping import pending
from tools.call_pipeline.call_events import finished, retried, started


def test_a_call_is_announced_from_its_start_to_its_end() -> None:
    """Each announcement names the task and the tool, and rounds its seconds."""
    call = pending()
    assert started(call) == CallStarted(task="t1", tool="pages", purpose="p")
    assert retried(call, 2, 0.12345, "busy") == CallRetried(
        task="t1", tool="pages", attempt=2, seconds=0.123, reason="busy"
    )
    call.owed, call.attempts = 10, 2
    assert finished(call.ended(Outcome.DONE, 2.00004, detail="fine")) == CallFinished(
        task="t1",
        tool="pages",
        outcome=Outcome.DONE,
        seconds=1.0,
        cost=10,
        found=0,
        detail="fine",
        replayed=False,
        attempts=2,
    )
