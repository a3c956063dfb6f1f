"""Say what the report must say beside its answer."""

from __future__ import annotations

from graph.records import Draft
from graph.state import ResearchState, Update, planned, roots
from guards.report import doubts


async def guard_report(state: ResearchState) -> Update:
    """Add every doubt about the draft to what the run does not know."""
    verdicts = {verdict.claim: verdict for verdict in state.verdicts}
    draft = state.draft or Draft(sections=())
    return Update(unknowns=tuple(doubts(draft, roots(planned(state)), verdicts)))
