"""A conversation is continued, in a session of Chainlit's own, while another process works on its run."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from chainlit.data import get_data_layer

from graph.app import open_app
from graph.config.settings import Settings
from graph.events import CallStarted
from graph.options import Mode, Options, Role
from graph.people.accounts import Account
from graph.people.conversations import Conversations
from graph.people.sessions import Sessions
from graph.records import Phase
from graph.run.application import Application
from graph.stores.db.database import Database
from graph.stores.db.migrations import MIGRATIONS
from tests.fakes.app import settings, small
from tests.fakes.chainlit_home import Browser, browse, use
from tests.fakes.chat_context import chat_of
from tests.fakes.databases import ENGINES, location, word
from tests.fakes.people import known, seated
from tests.graph.run.test_halts import PAGES, Slow
from ui.chat.chat_context import ChatContext
from ui.chat.history import thread_resume
from ui.chat.history.data_layer import ChatDataLayer
from ui.chat.run_view.stable_ids import part_id
from ui.report.phase_words import PHASES
from ui.server.server_context import serving

ANN = Account(id="u-ann", name="ann", role=Role.ANALYST)
OPTIONS = Options(mode=Mode.QUICK, user=ANN.id)
NOTE = "is being worked on by another process"
ASKED: Any = {"id": "s", "threadId": "t", "type": "run", "name": "on_message", "metadata": {"run": "r"}}


@pytest.fixture(params=ENGINES)
def configured(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Yield settings that keep all in an empty database of either engine."""
    with location(request.param, tmp_path) as place:
        yield settings(tmp_path, "" if isinstance(place, Path) else word(place))


@asynccontextmanager
async def opened(made: Settings) -> AsyncIterator[Application]:
    """Open an application of which one call of three hangs."""
    async with open_app(made, small(Slow(PAGES))) as app:
        yield app


@asynccontextmanager
async def kept(
    made: Settings, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[tuple[ChatDataLayer, Sessions]]:
    """Keep ann's conversation, which holds a run, where Chainlit looks for it."""
    database = Database(made.database, migrations=MIGRATIONS)
    history = ChatDataLayer(Conversations(database), time.time, new_id=lambda: "id")
    use(history, monkeypatch)
    with known(made.home) as people:
        people.put(ANN)
        await history.create_user(seated(ANN))
        browse(seated(ANN), "t")
        await history.create_step(ASKED)
        yield history, people.sessions
    await history.settled()
    await database.close()


async def until(said: Callable[[], bool]) -> None:
    """Wait until something was sent, which sets no event."""
    while not said():  # noqa: ASYNC110
        await asyncio.sleep(0.02)


async def work(app: Application, at_work: asyncio.Event) -> None:
    """Work on the run as another process would, until it hangs in its last call."""
    begun = 0
    async for event in app.run("breaker? zebra? marlin?", OPTIONS, run_id="r"):
        begun += isinstance(event, CallStarted)
        if begun == 3:
            at_work.set()


@asynccontextmanager
async def looking_on(
    configured: Settings, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[tuple[Browser, ChatContext, Application, asyncio.Task[None]]]:
    """Open a conversation on whose run another process works: its page says so, and the line is not kept."""
    monkeypatch.setattr(thread_resume, "POLL_SECONDS", 0.05)
    monkeypatch.setattr(thread_resume, "PAGE_SECONDS", 0.0)
    async with asyncio.timeout(40), kept(configured, monkeypatch) as (history, sessions):
        async with serving(configured, opened) as server, opened(configured) as other:
            at_work = asyncio.Event()
            task = asyncio.create_task(work(other, at_work))
            await at_work.wait()
            browser = browse(seated(ANN), "t")
            chat = chat_of(server, sessions)
            await thread_resume.resume_thread(chat, await history.get_thread("t") or {})
            await until(lambda: NOTE in str(browser.of("new_message")))
            yield browser, chat, other, task
            await shown(browser)
        await history.settled()
        assert NOTE not in str(await history.get_thread("t"))


async def shown(browser: Browser) -> None:
    """Wait for the report; before it the page was sent its conversation again."""
    await until(lambda: "Report" in [each["name"] for each in browser.of("element")])
    events = [name for name, _ in browser.sent]
    assert events.count("resume_thread") == 1
    assert NOTE not in str(browser.sent[events.index("resume_thread") :])


async def statuses(report: Mapping[str, Any]) -> set[str]:
    """Return how the phases that the run went through stand in the task list."""
    history: Any = get_data_layer()
    await history.settled()
    _, content = await history.content_for(ANN.id, "t", part_id("r", "tasks"))
    entered = {PHASES[Phase(phase)] for phase in report["timings"]["phases"]}
    return {task["status"] for task in json.loads(content)["tasks"] if task["title"] in entered}


async def test_a_page_shows_the_report_of_another_process(
    configured: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the other process ended the run, its report is shown here, with all phases behind it."""
    async with looking_on(configured, monkeypatch) as (browser, chat, other, working):
        other.stop("r")
        await working
        await shown(browser)
        row = await chat.app.row("r")
        assert await statuses(row.report or {}) == {"done"}
        assert chat.session.shown_runs() == ()


async def test_a_page_takes_up_the_run_of_a_process_that_is_gone(
    configured: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the other process let go of the run before its end, it goes on here without anybody's doing."""
    async with looking_on(configured, monkeypatch) as (_, chat, _, working):
        working.cancel()
        await until(lambda: chat.session.shown_runs() == ("r",))
        chat.app.stop("r")
