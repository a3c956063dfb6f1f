"""Continue a stored conversation: show, resume or wait for the runs it holds."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import chainlit as cl
from chainlit.context import context
from chainlit.data import get_data_layer
from chainlit.session import WebsocketSession

from graph.errors import AttestError, Refused
from graph.history import RunRow
from graph.records import Status
from ui.chat.chat_context import ChatContext
from ui.chat.history.stored_thread import NextStep, StoredThread, next_step, read_thread
from ui.chat.run_view.chainlit_renderer import RenderedParts
from ui.chat.run_view.run_view import show_ended_run, show_question, show_run
from ui.chat.run_view.stable_ids import card_id
from ui.report.markdown_escaping import phrase
from ui.server.background_runs import BackgroundRun

PAGE_SECONDS = 0.5
"""Chainlit sends the stored conversation after its handler returns, which clears what was sent before."""
POLL_SECONDS = 2.0
"""The time between two looks whether another process still works on a run of the conversation."""


async def resume_thread(chat: ChatContext, thread: Mapping[str, Any]) -> None:
    """Continue the runs of a stored conversation once the page shows it."""
    stored = _restore(chat, thread)
    chat.session.resuming = asyncio.create_task(_continue_all(chat, stored))


def _restore(chat: ChatContext, thread: Mapping[str, Any]) -> StoredThread:
    stored = read_thread(thread.get("steps") or (), thread.get("elements") or ())
    chat.session.rendered = RenderedParts(created=stored.created, parents=stored.parents)
    return stored


async def _continue_all(chat: ChatContext, stored: StoredThread) -> None:
    await asyncio.sleep(PAGE_SECONDS)
    for run_id in stored.runs:
        await _continue(chat, run_id, stored, shown=run_id in stored.ended)


async def _continue(chat: ChatContext, run_id: str, stored: StoredThread, *, shown: bool) -> None:
    row, run = await _row(chat, run_id), chat.runs.find(run_id)
    under_way = run is not None and not run.ended
    person = (await chat.user.account()).id
    match next_step(row, person, under_way=under_way, shown=shown), row:
        case NextStep.FOLLOW, RunRow() as row if run:
            show_run(chat, run, row.options)
        case NextStep.RESUME, RunRow() as row:
            await _resume(chat, row)
        case NextStep.ASK, RunRow() as row:
            await _ask(chat, row, stored)
        case NextStep.PRESENT, RunRow(report=dict() as report) as row:
            await show_ended_run(chat, row.id, report, row.options)


async def _row(chat: ChatContext, run_id: str) -> RunRow | None:
    """Return a run, or None for one that is not stored: a conversation may be older than the database."""
    try:
        return await chat.app.row(run_id)
    except Refused:
        return None


async def _resume(chat: ChatContext, row: RunRow) -> None:
    """Resume a run that was killed; wait for one that another process works on."""
    try:
        show_run(chat, await _begin(chat, row), row.options)
    except Refused as error:
        # Shown and not kept: it is true for a short while only.
        await context.emitter.send_step(cl.Message(content=phrase(str(error))).to_dict())
        waiting = asyncio.create_task(_wait(chat, row.id), name=f"wait {row.id}")
        chat.session.waits[row.id] = waiting
    except AttestError as error:
        await cl.Message(content=phrase(str(error))).send()


async def _begin(chat: ChatContext, row: RunRow) -> BackgroundRun:
    return await chat.runs.begin(row.id, chat.app.resume(row.id), asker=row.options.user)


async def _wait(chat: ChatContext, run_id: str) -> None:
    """Wait until another process has released a run; then send the conversation again and continue it."""
    while not await _is_free(chat, run_id):
        if WebsocketSession.get_by_id(context.session.id) is None:
            return
        await asyncio.sleep(POLL_SECONDS)
    layer = get_data_layer()
    if layer and (thread := await layer.get_thread(context.session.thread_id)):
        await context.emitter.resume_thread(thread)
        # Shown again although the page has it: the page keeps the tasks and the meter that it loaded.
        await _continue(chat, run_id, _restore(chat, thread), shown=False)


async def _is_free(chat: ChatContext, run_id: str) -> bool:
    """Tell whether a run ended or is worked on here; one that nobody works on is resumed here."""
    row, run = await _row(chat, run_id), chat.runs.find(run_id)
    if row is None or row.status is not Status.RUNNING or (run is not None and not run.ended):
        return True
    with suppress(AttestError):
        await _begin(chat, row)
        return True
    return False


async def _ask(chat: ChatContext, row: RunRow, stored: StoredThread) -> None:
    """Show what a run waits for, unless its card is shown: sent again, it would lose what was typed."""
    question = await chat.app.pending(row.id)
    if question and card_id(row.id, question) not in stored.cards:
        await show_question(chat, row.id, question, row.options)
