"""Follow a run to its end, painting it as it goes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

from chainlit.context import context
from chainlit.session import BaseSession

from graph.errors import AttestError
from graph.events import Event, Finished, Waiting
from graph.options import Options
from graph.records import Phase
from graph.run.application import Application
from ui.chat.login.current_user import most_budget
from ui.chat.report_view.present_report import present
from ui.chat.run_view.chainlit_renderer import METER_SECONDS, Painter, Seen
from ui.chat.run_view.decision_cards import Card, card, raise_card
from ui.chat.run_view.event_reducer import show
from ui.chat.run_view.run_view_model import Board
from ui.report.answer_standing import status
from ui.report.markdown_escaping import phrase
from ui.server.background_runs import BackgroundRun
from ui.server.server_context import served
from ui.terminal.event_words import dollars

PAINT_SECONDS = 0.03
"""What comes within this time is painted together."""


@dataclass(slots=True, kw_only=True)
class Desk:
    """Hold what a session works on: its watchers by run, and what is seen of its conversation.

    `waits` wait for runs that other processes work on.
    """

    watchers: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    waits: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    seen: Seen = field(default_factory=Seen)
    drafts: dict[str, Any] = field(default_factory=dict)


_DESKS: WeakKeyDictionary[BaseSession, Desk] = WeakKeyDictionary()
"""A desk goes with its session, which outlives a lost connection."""


def desk() -> Desk:
    """Return the desk of the current session."""
    return _DESKS.setdefault(context.session, Desk())


def watch(carried: BackgroundRun, options: Options) -> asyncio.Task[None]:
    """Paint a run in the current session until it ends, once."""
    mine = desk()
    known = mine.watchers.get(carried.run_id)
    if known is None or known.done():
        known = asyncio.create_task(_watch(carried, options), name=f"watch {carried.run_id}")
        mine.watchers[carried.run_id] = known
    return known


def watched() -> tuple[str, ...]:
    """Return the runs that are painted in the current session now."""
    return tuple(run for run, task in desk().watchers.items() if not task.done())


async def _watch(carried: BackgroundRun, options: Options) -> None:
    before = await served().app.history(carried.run_id)
    board = Board(
        budget=options.budget,
        deadline=options.deadline,
        costs={call.task: call.cost for call in before.calls},
    )
    board.go_on(Phase(phase) for phase in before.entered)
    painter = Painter(carried.run_id, board, desk().seen, time.monotonic)
    await painter.begin()
    await context.emitter.task_start()
    news = asyncio.Event()
    hearing = asyncio.create_task(_hear(carried, board, news))
    hearing.add_done_callback(lambda _: news.set())
    try:
        while not hearing.done():
            await _soon(news)
            await _home(board, carried.run_id)
            await painter.paint()
        await _close(painter, carried.run_id, hearing.result(), options)
    except AttestError as error:
        await painter.end("It could not go on")
        await painter.tell(phrase(str(error)), "problem")
    except Exception:
        # Nobody awaits a painter that outlived its message: what went wrong is told here.
        await painter.tell("Something went wrong here. The run is safe: reload the page to go on.", "problem")
        raise
    finally:
        hearing.cancel()
        await context.emitter.task_end()


async def _hear(carried: BackgroundRun, board: Board, news: asyncio.Event) -> Event | None:
    last: Event | None = None
    async for heard in carried.follow():
        board.heard = heard.at
        show(board, heard.event)
        last = heard.event
        news.set()
    return last


async def _soon(news: asyncio.Event) -> None:
    """Wait for news, but not for ever: a meter that was not sent to spare the page is sent later."""
    with suppress(TimeoutError):
        async with asyncio.timeout(METER_SECONDS):
            await news.wait()
    await asyncio.sleep(PAINT_SECONDS)
    news.clear()


async def _home(board: Board, run_id: str) -> None:
    """Find the lines of inquiry of calls that just began."""
    if not board.homeless:
        return
    plan = (await served().app.history(run_id)).plan
    branches = plan.branches if plan else ()
    board.settle({t.id: (b.id, str(b.question.value)) for b in branches for t in b.tasks})


async def _close(painter: Painter, run_id: str, last: Event | None, options: Options) -> None:
    if isinstance(last, Waiting):
        await painter.end("Waiting for you")
        await ask_person(run_id, last.question, options)
    elif isinstance(last, Finished):
        await painter.end(summary(last.report))
        await show_report(run_id, last.report, options)


async def show_report(run_id: str, report: Mapping[str, Any], options: Options) -> None:
    """Show a report, and how the run can go on where it ended early."""
    await present(run_id, report)
    if more := raise_card(run_id, report, budget=options.budget, most=await most_budget()):
        await put(run_id, more)


async def ask_person(run_id: str, question: Mapping[str, Any], options: Options) -> None:
    """Show the card for what a run waits for; an edit that was not accepted stays on it."""
    draft = desk().drafts.pop(run_id, None) if question.get("problem") else None
    made = card(run_id, question, budget=dollars(options.budget), draft=draft, most=await most_budget())
    await put(run_id, made)


async def put(run_id: str, made: Card) -> None:
    """Send a card, or send it anew where it stands already."""
    painter = Painter(run_id, Board(budget=0, deadline=0), desk().seen, time.monotonic)
    await painter.place(made)


def stop(app: Application) -> tuple[str, ...]:
    """End what is painted in the current session, and return its runs; painters show what there is."""
    runs = watched()
    for run in runs:
        app.stop(run)
    return runs


def put_down() -> None:
    """Paint nothing more in the current session until a run is watched anew; the runs go on."""
    for tasks in (desk().watchers, desk().waits):
        for task in tasks.values():
            task.cancel()
        tasks.clear()


def summary(report: Mapping[str, Any]) -> str:
    """Say in one line how a run ended."""
    cost, seconds = report["cost"], report["timings"]["seconds"]
    calls = "1 call" if cost["calls"] == 1 else f"{cost['calls']} calls"
    return f"{str(status(report)).capitalize()}: {calls}, ${cost['usd']}, {seconds:.1f} s"
