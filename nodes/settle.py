"""Close the books of a run and hand over its report."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from graph.events import Announce, PhaseStarted
from graph.history import ModelUse
from graph.ports import Calls, Evidence, Runs
from graph.records import Clock, Cost, Crossed, Outcome, Phase, Status
from graph.report import Closing, compose
from graph.state import ResearchState, Update, admitted
from guards.fitting import Foresee
from guards.report import status_of


async def settle(
    state: ResearchState,
    *,
    announce: Announce,
    runs: Runs,
    calls: Calls,
    evidence: Evidence,
    clock: Clock,
    forecast: Foresee,
) -> Update:
    """Seal the audit chain, compose the report from state and stored texts, and store it."""
    announce(PhaseStarted(phase=Phase.MONITORING))
    run, now = admitted(state), clock()
    uses, cost, snapshots = await asyncio.gather(
        calls.models(run.id), calls.cost(run.id), evidence.snapshots(_cited(state))
    )
    status = Status.REFUSED if state.refusal else status_of(state.calls, state.unknowns, uses)
    crossed: list[Crossed] = []
    closing = Closing(
        status=status,
        cost=_with_models(cost, uses),
        uses=uses,
        ended=now,
        entered={**state.entered, Phase.MONITORING: now},
        estimate=_estimate(state, forecast),
    )
    report = compose(state, closing, snapshots, crossed.append)
    head = await calls.seal(run.id, (*state.crossed, *crossed), status)
    report = {**report, "audit_head": head}
    await runs.finish(run.id, status, report)
    return Update(
        phase=Phase.MONITORING, entered={Phase.MONITORING: now}, crossed=tuple(crossed), report=report
    )


def _estimate(state: ResearchState, forecast: Foresee) -> int | None:
    """Return the most that was planned to be spent, models included; None where nothing was planned."""
    if state.plan is None or not state.plan.branches:
        return None
    models = forecast(admitted(state), state.plan)
    return state.plan.estimate + models.planning + models.worst


def _with_models(cost: Cost, uses: Sequence[ModelUse]) -> Cost:
    """Name every model that answered, also one whose answers were cached and cost nothing."""
    answered = {use.model: 0 for use in uses if use.outcome is Outcome.DONE}
    return replace(cost, by_model={**answered, **cost.by_model})


def _cited(state: ResearchState) -> list[str]:
    used = {name for section in state.draft.sections for name in section.claims} if state.draft else set()
    return list(dict.fromkeys(s.source for c in state.claims if c.id in used for s in c.spans))
