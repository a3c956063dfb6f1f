"""Answer a run, stop it, or let it go on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Body

from graph import installation
from graph.errors import Refused
from graph.events import Event
from graph.history import RunRow
from graph.records import Status
from guards.policy.access import Action
from guards.policy.approval import PersonsDecision, read_decision
from ui.server.web.api_context import ApiContext
from ui.server.web.api_forms import Continuing, Pending, RunShown, Stopping
from ui.server.web.callers import Caller, Context
from ui.server.web.problems import Problem
from ui.server.web.requested_run import Readable, demand_of
from ui.server.web.run_list import show
from ui.server.web.run_option_values import budget_of
from ui.server.web.strict_body import StrictRoute

router = APIRouter(tags=["decisions"], route_class=StrictRoute)

Decision = Annotated[PersonsDecision, Body(discriminator="decision")]


@router.get("/api/runs/{run_id}/pending")
async def get_pending(row: Readable, context: Context) -> Pending:
    """Show what a run waits for, as the decision may answer it."""
    waits = row.status is Status.WAITING
    return Pending(pending=await context.served().app.pending(row.id) if waits else None)


@router.post("/api/runs/{run_id}/decision", status_code=HTTPStatus.ACCEPTED)
async def decide(decision: Decision, row: Readable, context: Context, who: Caller) -> RunShown:
    """Approve, edit or reject what a run waits for; it goes on at once."""
    demand_of(context, who, Action.DECIDE_RUN, row)
    if row.status is not Status.WAITING:
        raise Problem(HTTPStatus.CONFLICT, await _too_late(context, row))
    written = decision.model_dump(mode="json", exclude_unset=True)
    try:
        read_decision(written)
    except Refused as refused:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, str(refused)) from None
    events = context.served().app.resume(row.id, written, most=context.most_budget(who), by=who.name)
    return await _continued(context, row, events)


@router.post("/api/runs/{run_id}/stop", status_code=HTTPStatus.ACCEPTED)
async def stop(row: Readable, context: Context, who: Caller) -> Stopping:
    """End a run within a second, with a report on what it has."""
    demand_of(context, who, Action.STOP_RUN, row)
    served = context.served()
    carried = served.runs.find(row.id)
    if carried and not carried.ended:
        served.app.stop(row.id)
    elif not installation.request_stop(context.settings, row.id):
        raise Problem(
            HTTPStatus.CONFLICT, f"the run is {row.status} and nobody works on it: there is nothing to stop"
        )
    return Stopping(run_id=row.id)


@router.post("/api/runs/{run_id}/resume", status_code=HTTPStatus.ACCEPTED)
async def resume(row: Readable, context: Context, who: Caller, form: Continuing | None = None) -> RunShown:
    """Let a run go on that nobody works on, or one that was cut short under another budget."""
    demand_of(context, who, Action.DECIDE_RUN, row)
    budget = form.budget_usd if form else None
    if budget is not None:
        most = context.most_budget(who)
        again = context.served().app.resume(row.id, budget=budget_of(budget), most=most, by=who.name)
        return await _continued(context, row, again)
    if row.status is not Status.RUNNING:
        raise Problem(HTTPStatus.CONFLICT, f"the run is {row.status}: only a budget_usd lets it go on")
    return await _continued(context, row, context.served().app.resume(row.id))


async def _too_late(context: ApiContext, row: RunRow) -> str:
    """Return why a decision comes too late: who decided what, and when."""
    decided = await context.served().app.decided(row.id)
    return (
        decided if row.report is not None else f"the run is {row.status}: it waits for no decision, {decided}"
    )


async def _continued(context: ApiContext, row: RunRow, events: AsyncIterator[Event]) -> RunShown:
    served = context.served()
    await served.runs.begin(row.id, events, asker=row.options.user)
    return show(context, await served.app.stored(row.id) or row)
