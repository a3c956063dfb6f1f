"""Take a conversation up again when a person comes back to it, or the server does."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from typing import Any

import chainlit as cl

from graph.errors import AttestError, Refused
from graph.history import RunRow
from ui.chat.board import Board
from ui.chat.names import card_id
from ui.chat.paint import Painter, Seen
from ui.chat.thread import Kept, Next, next_of, read, standing
from ui.chat.watch import ask_person, desk, show_report, summary, watch
from ui.chat.who import asker
from ui.escaping import phrase
from ui.served import served

PAGE_SECONDS = 0.5
"""Chainlit sends the stored conversation after this handler returns, and it would wipe what came before."""

_COMING: set[asyncio.Task[None]] = set()


async def come_back(thread: Mapping[str, Any]) -> None:
    """Take up the runs of a stored conversation."""
    kept = read(thread.get("steps") or ())
    desk().seen = Seen(made=kept.made, below=kept.below)
    coming = asyncio.create_task(_take_up(kept, standing(thread.get("elements") or ())))
    _COMING.add(coming)
    coming.add_done_callback(_COMING.discard)


async def _take_up(kept: Kept, cards: set[str]) -> None:
    await asyncio.sleep(PAGE_SECONDS)
    for run_id in kept.runs:
        await _run(run_id, cards, shown=run_id in kept.ended)


async def _run(run_id: str, cards: set[str], *, shown: bool) -> None:
    current = served()
    row, carried = await _stored(run_id), current.live.carried(run_id)
    under_way = carried is not None and not carried.ended
    match next_of(row, asker().name, under_way=under_way, shown=shown), row:
        case Next.FOLLOW, RunRow() as row if carried:
            watch(carried, row.options)
        case Next.GO_ON, RunRow() as row:
            await _go_on(row)
        case Next.ASK, RunRow() as row:
            await _ask(row, cards)
        case Next.PRESENT, RunRow(report=dict() as report) as row:
            await _close(row, report)


async def _stored(run_id: str) -> RunRow | None:
    """Return a run, or None for one that is not stored: a conversation may be older than the database."""
    try:
        return await served().app.row(run_id)
    except Refused:
        return None


async def _go_on(row: RunRow) -> None:
    """Continue a run that was killed; one that another process works on is only named."""
    current = served()
    try:
        watch(await current.live.begin(row.id, current.app.resume(row.id)), row.options)
    except AttestError as error:
        await cl.Message(content=phrase(str(error))).send()


async def _ask(row: RunRow, cards: set[str]) -> None:
    """Show what a run waits for, unless its card stands there: sent anew it would lose what was typed."""
    question = await served().app.pending(row.id)
    if question and card_id(row.id, question) not in cards:
        await ask_person(row.id, question, row.options)


async def _close(row: RunRow, report: Mapping[str, Any]) -> None:
    """Show the report of a run that ended while nobody looked."""
    board = Board(budget=row.options.budget, deadline=row.options.deadline)
    painter = Painter(row.id, board, desk().seen, time.monotonic)
    await painter.begin()
    await painter.end(summary(report))
    await show_report(row.id, report, row.options)
