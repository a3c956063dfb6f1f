"""Compose and seal the report of a run."""

from __future__ import annotations

from graph.events import Announce, PhaseStarted
from graph.ports import Calls, Evidence
from graph.records import Clock, Crossed, Phase
from graph.report.compose import compose
from graph.report.run_summary import close
from graph.state import ResearchState, Update, admitted
from guards.plan_fitting import Foresee


async def settle(
    state: ResearchState,
    *,
    announce: Announce,
    calls: Calls,
    evidence: Evidence,
    clock: Clock,
    forecast: Foresee,
) -> Update:
    """Compose the report from state and stored texts, and seal the audit chain with it."""
    announce(PhaseStarted(phase=Phase.MONITORING))
    run, now = admitted(state), clock()
    closing, snapshots = await close(state, calls=calls, evidence=evidence, forecast=forecast, now=now)
    crossed: list[Crossed] = []
    report = compose(state, closing, snapshots, crossed.append)
    report = await calls.seal(run.id, (*state.crossed, *crossed), report)
    return Update(
        phase=Phase.MONITORING, entered={Phase.MONITORING: now}, crossed=tuple(crossed), report=report
    )
