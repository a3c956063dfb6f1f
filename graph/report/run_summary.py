"""Collect what is known of a run at its end: what its report is composed of."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace

from graph.costs import Cost, Tokens
from graph.history import ModelUse
from graph.ports import Calls, Evidence
from graph.records import Outcome, Phase, Snapshot
from graph.report.compose import Closing, cited_by
from graph.state import ResearchState, admitted
from guards.answer_status import Course, answer_status
from guards.plan_fitting import Foresee


async def close(
    state: ResearchState, *, calls: Calls, evidence: Evidence, forecast: Foresee, now: float
) -> tuple[Closing, Mapping[str, Snapshot]]:
    """Return how a run ends and the sources it cites; it ends `now`, in seconds since the epoch."""
    run = admitted(state)
    uses, cost, snapshots = await asyncio.gather(
        calls.models(run.id), calls.cost(run.id), evidence.snapshots(run.id, _cited(state))
    )
    ending = Closing(
        answer_status=answer_status(_course(state, uses), state.refusal),
        cost=_with_models(cost, uses),
        uses=uses,
        ended=now,
        entered={**state.entered, Phase.MONITORING: now},
        estimate=_estimate(state, forecast),
    )
    return ending, snapshots


def _course(state: ResearchState, uses: Sequence[ModelUse]) -> Course:
    return Course(
        read=len({passage.span.source for passage in state.evidence}),
        calls=state.calls,
        unknowns=state.unknowns,
        uses=uses,
        draft=state.draft,
        verdicts={verdict.claim: verdict for verdict in state.verdicts},
    )


def _estimate(state: ResearchState, forecast: Foresee) -> int | None:
    """Return the most that was planned to be spent, models included; None where nothing was planned."""
    if state.plan is None or not state.plan.branches:
        return None
    models = forecast(admitted(state), state.plan)
    return state.plan.estimate + models.planning + models.worst


def _with_models(cost: Cost, uses: Sequence[ModelUse]) -> Cost:
    """Name every model that answered, also one whose answers were cached and cost nothing; count tokens."""
    answered = {use.model: 0 for use in uses if use.outcome is Outcome.DONE}
    tokens: dict[str, Tokens] = {}
    for use in uses:
        if use.tokens:
            before = tokens.get(use.model)
            tokens[use.model] = before + use.tokens if before else use.tokens
    return replace(cost, by_model={**answered, **cost.by_model}, tokens=tokens)


def _cited(state: ResearchState) -> list[str]:
    """Return the sources of the report: those it cites, or else all that were found."""
    used = {name for section in state.draft.sections for name in section.claims} if state.draft else set()
    verdicts = {verdict.claim: verdict for verdict in state.verdicts}
    chosen = [claim for claim in state.claims if claim.id in used]
    cited = list(dict.fromkeys(s.source for c in chosen for s in cited_by(c, verdicts.get(c.id))))
    return cited or list(dict.fromkeys(passage.span.source for passage in state.evidence))
