"""Add what the report must say besides its answer."""

from __future__ import annotations

from collections.abc import Mapping

from graph.records import Draft
from graph.state import ResearchState, Update, planned, roots
from guards.outages import emergencies, losses
from guards.report_limits import discredited, doubts


async def guard_report(state: ResearchState, *, groups: Mapping[str, str]) -> Update:
    """Add lost calls and every doubt about the draft to what the run does not know."""
    verdicts = {verdict.claim: verdict for verdict in state.verdicts}
    draft = state.draft or Draft(sections=())
    lost = losses(planned(state), state.calls, groups)
    asked = roots(planned(state))
    failed = emergencies(draft, asked, state.claims, verdicts)
    weak = discredited(draft, state.claims, verdicts, state.ratings)
    return Update(unknowns=(*failed, *lost, *doubts(draft, asked, verdicts, state.claims), *weak))
