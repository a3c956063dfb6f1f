"""Take a conversation up again when a person comes back to it, or the server does."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import chainlit as cl
from chainlit.context import context
from chainlit.data import get_data_layer
from chainlit.session import WebsocketSession

from graph.errors import AttestError, Refused
from graph.history import RunRow
from graph.records import Phase, Status
from ui.chat.history.stored_thread import Kept, Next, next_of, read
from ui.chat.login.current_user import asker
from ui.chat.run_view.chainlit_renderer import Painter, Seen
from ui.chat.run_view.element_names import card_id
from ui.chat.run_view.run_view import ask_person, desk, show_report, summary, watch
from ui.chat.run_view.run_view_model import Board
from ui.report.markdown_escaping import phrase
from ui.server.background_runs import BackgroundRun
from ui.server.server_context import served

PAGE_SECONDS = 0.5
"""Chainlit sends the stored conversation after this handler returns, and it would wipe what came before."""
LOOK_SECONDS = 2.0
"""How often a page looks whether another process still works on a run of its conversation."""

_COMING: set[asyncio.Task[None]] = set()


async def come_back(thread: Mapping[str, Any]) -> None:
    """Take up the runs of a stored conversation."""
    kept = _seen(thread)
    coming = asyncio.create_task(_take_up(kept))
    _COMING.add(coming)
    coming.add_done_callback(_COMING.discard)


def _seen(thread: Mapping[str, Any]) -> Kept:
    kept = read(thread.get("steps") or (), thread.get("elements") or ())
    desk().seen = Seen(made=kept.made, below=kept.below)
    return kept


async def _take_up(kept: Kept) -> None:
    await asyncio.sleep(PAGE_SECONDS)
    for run_id in kept.runs:
        await _run(run_id, kept, shown=run_id in kept.ended)


async def _run(run_id: str, kept: Kept, *, shown: bool) -> None:
    current = served()
    row, carried = await _stored(run_id), current.runs.find(run_id)
    under_way = carried is not None and not carried.ended
    match next_of(row, (await asker()).id, under_way=under_way, shown=shown), row:
        case Next.FOLLOW, RunRow() as row if carried:
            watch(carried, row.options)
        case Next.GO_ON, RunRow() as row:
            await _go_on(row)
        case Next.ASK, RunRow() as row:
            await _ask(row, kept)
        case Next.PRESENT, RunRow(report=dict() as report) as row:
            await _close(row, report)


async def _stored(run_id: str) -> RunRow | None:
    """Return a run, or None for one that is not stored: a conversation may be older than the database."""
    try:
        return await served().app.row(run_id)
    except Refused:
        return None


async def _go_on(row: RunRow) -> None:
    """Continue a run that was killed; one that another process works on is waited for."""
    try:
        watch(await _begun(row), row.options)
    except Refused as error:
        # Shown and not kept: it is not so for long.
        await context.emitter.send_step(cl.Message(content=phrase(str(error))).to_dict())
        desk().waits[row.id] = asyncio.create_task(_wait(row.id), name=f"wait {row.id}")
    except AttestError as error:
        await cl.Message(content=phrase(str(error))).send()


async def _begun(row: RunRow) -> BackgroundRun:
    current = served()
    return await current.runs.begin(row.id, current.app.resume(row.id), asker=row.options.user)


async def _wait(run_id: str) -> None:
    """Give the page its conversation anew once another process has let go of a run, and take that up."""
    while not await _is_free(run_id):
        if WebsocketSession.get_by_id(context.session.id) is None:
            return
        await asyncio.sleep(LOOK_SECONDS)
    layer = get_data_layer()
    if layer and (thread := await layer.get_thread(context.session.thread_id)):
        await context.emitter.resume_thread(thread)
        # Painted again though it stands there: the page keeps the tasks and the meter it has loaded.
        await _run(run_id, _seen(thread), shown=False)


async def _is_free(run_id: str) -> bool:
    """Tell whether a run has come to its end, or is worked on here: it is begun if nobody else holds it."""
    row, carried = await _stored(run_id), served().runs.find(run_id)
    if row is None or row.status is not Status.RUNNING or (carried is not None and not carried.ended):
        return True
    with suppress(AttestError):
        await _begun(row)
        return True
    return False


async def _ask(row: RunRow, kept: Kept) -> None:
    """Show what a run waits for, unless its card stands there: sent anew it would lose what was typed."""
    question = await served().app.pending(row.id)
    if question and card_id(row.id, question) not in kept.cards:
        await ask_person(row.id, question, row.options)


async def _close(row: RunRow, report: Mapping[str, Any]) -> None:
    """Show the report of a run that ended while nobody looked."""
    board = Board(budget=row.options.budget, deadline=row.options.deadline)
    board.go_on(Phase(phase) for phase in report["timings"]["phases"])
    board.ended()
    painter = Painter(row.id, board, desk().seen, time.monotonic)
    await painter.begin()
    await painter.end(summary(report))
    await show_report(row.id, report, row.options)
