"""Does a decision come in time, or has the run ended?"""

from __future__ import annotations

from collections.abc import Sequence

from graph.decided import Decided
from graph.history import RunRow
from graph.records import Decision
from guards.budget import utc

_DID = {"approve": "approved", "edit": "changed and approved", "reject": "rejected"}
_WHAT = {
    "clarify": "the question",
    "plan": "the plan",
    "call": "the call",
    "budget": "the budget",
    "report": "the report",
}


def is_decision_in_time(row: RunRow, decided: Sequence[Decided]) -> Decision:
    """Refuse a decision about a run that ended; the reason says who decided what before, and when."""
    if row.report is None:
        return Decision(allowed=True)
    ended = f"run {row.id} ended as {row.status} on {utc(row.updated)}"
    reason = f"too late: {ended}, {last_decision(decided)}: see attest show {row.id}"
    return Decision(allowed=False, reason=reason)


def last_decision(decided: Sequence[Decided]) -> str:
    """Say who decided what last, and when."""
    if not decided:
        return "no decision of a person is recorded"
    last = decided[-1]
    what = " ".join(filter(None, [_WHAT.get(last.about, "it"), last.task]))
    because = f" ({last.because})" if last.because else ""
    return f"{last.by or 'somebody'} {_DID.get(last.decision, 'decided')} {what} on {utc(last.at)}{because}"
