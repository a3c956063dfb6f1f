"""Decide: from a card to a run that goes on."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from typing import Any

from graph.config.settings import micros
from graph.errors import AttestError, Misconfigured, Refused
from graph.events import Event
from graph.history import RunRow
from graph.options import Options
from guards.policy.access import Action
from guards.policy.approval import read_decision
from ui.chat.login.current_user import asker, demand, most_budget
from ui.chat.run_view.decision_cards import Answer, Card, card, raise_card, read_answer, said
from ui.chat.run_view.run_view import desk, put, watch
from ui.server.server_context import ServerContext, served
from ui.terminal.event_words import dollars

UNDER_WAY = "it was answered already: {}; the run goes on"
MOVED_ON = "the run has moved on: {}; answer its newest card, or reload the page"
NOT_WAITING = "the run does not wait for an answer any more: {}"


async def decide(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Answer a card; what is wrong comes back in one line and changes nothing."""
    try:
        answer = read_answer(payload)
        row = await _mine(answer.run)
        shown = await _question(answer, row)
        if "plan" in answer.decision:
            desk().drafts[row.id] = answer.decision["plan"]
        chosen, events = await _going(answer, row)
        carried = await served().runs.begin(row.id, events, asker=row.options.user)
    except AttestError as error:
        return {"ok": False, "said": str(error)}
    told = said(answer, (await asker()).name)
    await put(row.id, Card(element=shown.element, props={**shown.props, **_edited(answer), "said": told}))
    watch(carried, chosen)
    return {"ok": True, "said": told}


async def _mine(run_id: str) -> RunRow:
    """Return the row of a run of the person who answers; raise Refused for any other, known or not."""
    row = await served().app.row(run_id)
    if row.options.user != (await asker()).id:
        raise Refused(f"there is no run {run_id}: see attest runs")
    await demand(Action.DECIDE_RUN, row.options.user)
    return row


async def _question(answer: Answer, row: RunRow) -> Card:
    """Return the card that was answered; raise Refused where the run waits for something else by now."""
    current = served()
    if (carried := current.runs.find(row.id)) and not carried.ended:
        raise Refused(UNDER_WAY.format(await current.app.decided(row.id)))
    if answer.budget and row.report is not None:
        shown = raise_card(row.id, row.report, budget=row.options.budget, most=await most_budget())
    else:
        shown = await _pending(current, row)
    if shown is None:
        raise Refused(NOT_WAITING.format(await current.app.decided(row.id)))
    if shown.props["token"] != answer.token:
        raise Refused(MOVED_ON.format(await current.app.decided(row.id)))
    return shown


async def _pending(current: ServerContext, row: RunRow) -> Card | None:
    question = await current.app.pending(row.id)
    if not question:
        return None
    return card(row.id, question, budget=dollars(row.options.budget), most=await most_budget())


async def _going(answer: Answer, row: RunRow) -> tuple[Options, AsyncIterator[Event]]:
    app, by = served().app, (await asker()).name
    if not answer.budget:
        read_decision(answer.decision)  # before the run is touched: what cannot be read changes nothing
        return row.options, app.resume(row.id, answer.decision, most=await most_budget(), by=by)
    try:
        budget = micros(answer.budget, "the budget")
    except Misconfigured as error:
        raise Refused(str(error)) from None
    if budget < row.options.budget:
        raise Refused(f"the run had {dollars(row.options.budget)} already: write no less than that")
    raised = app.resume(row.id, budget=budget, most=await most_budget(), by=by)
    return replace(row.options, budget=budget), raised


def _edited(answer: Answer) -> dict[str, Any]:
    """Return what a person changed, so that the answered card shows what was approved."""
    return {key: answer.decision[key] for key in ("plan", "question") if key in answer.decision}
