"""Show a run in the current session from its first event to its report."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from chainlit.context import context

from graph.errors import AttestError
from graph.events import Event, Finished, Waiting
from graph.options import Options
from graph.records import Phase
from ui.catalogue import _
from ui.chat.chat_context import ChatContext
from ui.chat.report_view.present_report import present
from ui.chat.run_view.chainlit_renderer import METER_SECONDS, ChainlitRenderer
from ui.chat.run_view.decision_cards import Card, card, raise_card
from ui.chat.run_view.event_reducer import reduce_event
from ui.chat.run_view.run_view_model import RunViewModel
from ui.report.answer_standing import status_words
from ui.report.counted_words import count_calls
from ui.report.markdown_escaping import phrase
from ui.server.background_runs import BackgroundRun
from ui.terminal.event_words import dollars

RENDER_SECONDS = 0.03
"""Changes that come within this time are sent together."""


def show_run(chat: ChatContext, run: BackgroundRun, options: Options) -> asyncio.Task[None]:
    """Show a run in the current session until it ends; one that is shown already is shown once."""
    views = chat.session.views
    known = views.get(run.run_id)
    if known is None or known.done():
        known = asyncio.create_task(RunView(chat, run, options).follow(), name=f"show {run.run_id}")
        views[run.run_id] = known
    return known


class RunView:
    """Follow the events of a run: each changes the model, and the renderer sends what changed."""

    def __init__(self, chat: ChatContext, run: BackgroundRun, options: Options) -> None:
        self._chat, self._app, self._run, self._options = chat, chat.app, run, options
        self._model = RunViewModel(budget=options.budget, deadline=options.deadline)
        self._renderer = _renderer(chat, run.run_id, self._model)
        self._news = asyncio.Event()

    async def follow(self) -> None:
        """Show the run until it ends or waits for a person, then its report or its question."""
        await self._restore()
        await self._renderer.begin()
        await context.emitter.task_start()
        listening = asyncio.create_task(self._listen())
        listening.add_done_callback(lambda _: self._news.set())
        try:
            while not listening.done():
                await self._changed()
                await self._place_calls()
                await self._renderer.render()
            await self._finish(listening.result())
        except AttestError as error:
            await self._renderer.end(_("It could not go on"))
            await self._renderer.say(phrase(str(error)), "problem")
        except Exception:
            # The handler of the message may have ended before: nobody else would tell the person.
            said = _("Something went wrong here. The run is safe: reload the page to go on.")
            await self._renderer.say(said, "problem")
            raise
        finally:
            listening.cancel()
            await context.emitter.task_end()

    async def _restore(self) -> None:
        """Begin with what the run did before this session shows it."""
        before = await self._app.history(self._run.run_id)
        self._model.costs.update({call.task: call.cost for call in before.calls})
        self._model.resume_from(Phase(phase) for phase in before.entered)

    async def _listen(self) -> Event | None:
        """Put every event into the model; return the last one."""
        last: Event | None = None
        async for heard in self._run.follow():
            self._model.heard = heard.at
            reduce_event(self._model, heard.event)
            last = heard.event
            self._news.set()
        return last

    async def _changed(self) -> None:
        """Wait for an event, at most until a meter is due that was held back."""
        with suppress(TimeoutError):
            async with asyncio.timeout(METER_SECONDS):
                await self._news.wait()
        await asyncio.sleep(RENDER_SECONDS)
        self._news.clear()

    async def _place_calls(self) -> None:
        """Find the lines of inquiry of calls that just began."""
        if not self._model.unplaced:
            return
        plan = (await self._app.history(self._run.run_id)).plan
        branches = plan.branches if plan else ()
        self._model.place_calls({t.id: (b.id, str(b.question.value)) for b in branches for t in b.tasks})

    async def _finish(self, last: Event | None) -> None:
        if isinstance(last, Waiting):
            await self._renderer.end(_("Waiting for you"))
            await show_question(self._chat, self._run.run_id, last.question, self._options)
        elif isinstance(last, Finished):
            await self._renderer.end(summary(last.report))
            await show_report(self._chat, self._run.run_id, last.report, self._options)


async def show_ended_run(chat: ChatContext, run_id: str, report: Mapping[str, Any], options: Options) -> None:
    """Show a run that ended while nobody looked: its phases, its summary and its report."""
    model = RunViewModel(budget=options.budget, deadline=options.deadline)
    model.resume_from(Phase(phase) for phase in report["timings"]["phases"])
    model.end()
    renderer = _renderer(chat, run_id, model)
    await renderer.begin()
    await renderer.end(summary(report))
    await show_report(chat, run_id, report, options)


async def show_report(chat: ChatContext, run_id: str, report: Mapping[str, Any], options: Options) -> None:
    """Show a report, and below it how a run that ended early can go on."""
    await present(chat.app, run_id, report)
    if more := raise_card(run_id, report, budget=options.budget, most=await chat.user.most_budget()):
        await send_card(chat, run_id, more)


async def show_question(
    chat: ChatContext, run_id: str, question: Mapping[str, Any], options: Options
) -> None:
    """Show the card for what a run waits for; an edit that was not accepted stays on it."""
    draft = chat.session.drafts.pop(run_id, None) if question.get("problem") else None
    most = await chat.user.most_budget()
    made = card(run_id, question, budget=dollars(options.budget), draft=draft, most=most)
    await send_card(chat, run_id, made)


async def send_card(chat: ChatContext, run_id: str, made: Card) -> None:
    """Send a card, or replace it where the page shows it already."""
    await _renderer(chat, run_id, RunViewModel(budget=0, deadline=0)).send_card(made)


def stop_shown_runs(chat: ChatContext) -> tuple[str, ...]:
    """Stop the runs that the current session shows, and return their ids; their views show the reports."""
    runs = chat.session.shown_runs()
    for run in runs:
        chat.app.stop(run)
    return runs


def summary(report: Mapping[str, Any]) -> str:
    """Say in one line how a run ended."""
    cost, seconds = report["cost"], report["timings"]["seconds"]
    return f"{status_words(report)}: {count_calls(cost['calls'])}, ${cost['usd']}, {seconds:.1f} s"


def _renderer(chat: ChatContext, run_id: str, model: RunViewModel) -> ChainlitRenderer:
    return ChainlitRenderer(run_id, model, chat.session.rendered, time.monotonic)
