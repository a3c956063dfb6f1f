"""Take the answer to a card and continue its run."""

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
from ui.chat.chat_context import ChatContext
from ui.chat.run_view.decision_cards import Card, CardAnswer, answer_line, card, raise_card, read_answer
from ui.chat.run_view.run_view import send_card, show_run
from ui.terminal.event_words import dollars

UNDER_WAY = "it was answered already: {}; the run goes on"
MOVED_ON = "the run has moved on: {}; answer its newest card, or reload the page"
NOT_WAITING = "the run does not wait for an answer any more: {}"


async def decide(chat: ChatContext, payload: Mapping[str, Any]) -> dict[str, Any]:
    """Continue a run with the answer to its card; a wrong answer gets one line and changes nothing."""
    try:
        answer = read_answer(payload)
        row = await _own_run(chat, answer.run)
        shown = await _answered_card(chat, answer, row)
        if "plan" in answer.decision:
            chat.session.drafts[row.id] = answer.decision["plan"]
        options, events = await _continued(chat, answer, row)
        run = await chat.runs.begin(row.id, events, asker=row.options.user)
    except AttestError as error:
        return {"ok": False, "said": str(error)}
    said = answer_line(answer, (await chat.user.account()).name)
    props = {**shown.props, **_edited(answer), "said": said}
    await send_card(chat, row.id, Card(element=shown.element, props=props))
    show_run(chat, run, options)
    return {"ok": True, "said": said}


async def _own_run(chat: ChatContext, run_id: str) -> RunRow:
    """Return a run of the person who answers; raise Refused for an unknown run and for another person's."""
    row = await chat.app.row(run_id)
    if row.options.user != (await chat.user.account()).id:
        raise Refused(f"there is no run {run_id}: see attest runs")
    await chat.user.require(Action.DECIDE_RUN, row.options.user)
    return row


async def _answered_card(chat: ChatContext, answer: CardAnswer, row: RunRow) -> Card:
    """Return the card that was answered; raise Refused where the run waits for something else by now."""
    if (run := chat.runs.find(row.id)) and not run.ended:
        raise Refused(UNDER_WAY.format(await chat.app.decided(row.id)))
    if answer.budget and row.report is not None:
        most = await chat.user.most_budget()
        shown = raise_card(row.id, row.report, budget=row.options.budget, most=most)
    else:
        shown = await _pending_card(chat, row)
    if shown is None:
        raise Refused(NOT_WAITING.format(await chat.app.decided(row.id)))
    if shown.props["token"] != answer.token:
        raise Refused(MOVED_ON.format(await chat.app.decided(row.id)))
    return shown


async def _pending_card(chat: ChatContext, row: RunRow) -> Card | None:
    question = await chat.app.pending(row.id)
    if not question:
        return None
    budget = dollars(row.options.budget)
    return card(row.id, question, budget=budget, most=await chat.user.most_budget())


async def _continued(
    chat: ChatContext, answer: CardAnswer, row: RunRow
) -> tuple[Options, AsyncIterator[Event]]:
    """Return the options and the events of the run that the answer continues."""
    most, by = await chat.user.most_budget(), (await chat.user.account()).name
    if not answer.budget:
        read_decision(answer.decision)  # before the run is touched: what cannot be read changes nothing
        return row.options, chat.app.resume(row.id, answer.decision, most=most, by=by)
    try:
        budget = micros(answer.budget, "the budget")
    except Misconfigured as error:
        raise Refused(str(error)) from None
    if budget < row.options.budget:
        raise Refused(f"the run had {dollars(row.options.budget)} already: write no less than that")
    events = chat.app.resume(row.id, budget=budget, most=most, by=by)
    return replace(row.options, budget=budget), events


def _edited(answer: CardAnswer) -> dict[str, Any]:
    """Return what the person changed: the answered card shows what was approved."""
    return {key: answer.decision[key] for key in ("plan", "question") if key in answer.decision}
