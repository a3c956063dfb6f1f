"""Stop, and a connection that is back, in a session of Chainlit's own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from chainlit import server as chainlit_server
from chainlit import socket
from chainlit.config import config

from graph.config.settings import Settings
from graph.options import Mode, Options, Role
from graph.people.accounts import Account
from graph.run.application import Application
from tests.fakes.app import settings, small_app
from tests.fakes.chainlit_home import Browser, browse
from tests.fakes.chat_context import chat_of
from tests.fakes.people import known, seated
from tests.graph.run.test_halts import PAGES, Slow
from ui.chat.chainlit.socket_overrides import NOTHING_YET, SocketOverrides
from ui.chat.chat_context import ChatContext
from ui.chat.run_view.run_view import show_run
from ui.server.background_runs import BackgroundRun
from ui.server.server_context import serving

ANN = Account(id="u-ann", name="ann", role=Role.ANALYST)
OPTIONS = Options(mode=Mode.QUICK, user=ANN.id)


@asynccontextmanager
async def hanging(tmp_path: Path) -> AsyncIterator[tuple[ChatContext, Browser, BackgroundRun]]:
    """Open a session of ann's with a run of which one call of three hangs."""

    @asynccontextmanager
    async def opened(_: Settings) -> AsyncIterator[Application]:
        async with small_app(tmp_path, Slow(PAGES)) as app:
            yield app

    with known(tmp_path) as people:
        people.put(ANN)
        async with serving(settings(tmp_path), opened) as server:
            chat = chat_of(server, people.sessions)
            yield chat, *await begun(chat)


async def begun(chat: ChatContext) -> tuple[Browser, BackgroundRun]:
    """Show ann her run, and wait until all but one of its calls have ended."""
    browser = browse(seated(ANN))
    run = chat.app.run("breaker? zebra? marlin?", OPTIONS, run_id="r")
    carried = await chat.runs.begin("r", run)
    show_run(chat, carried, OPTIONS)
    while ended_lines(browser) < 2:  # noqa: ASYNC110  # what a browser is sent sets no event
        await asyncio.sleep(0.02)
    return browser, carried


def ended_lines(browser: Browser) -> int:
    """Count the lines of inquiry that were sent with their one call ended."""
    steps = browser.of("new_message") + browser.of("update_message")
    return len({step["id"] for step in steps if "1 of 1 calls ended" in str(step["output"])})


async def test_stop_ends_the_calls_at_once_and_says_nothing_of_its_own(tmp_path: Path) -> None:
    """A call that would hang for a minute ends at once, and the report is on the screen."""
    async with asyncio.timeout(50), hanging(tmp_path) as (chat, browser, carried):
        (painting,) = chat.session.views.values()
        await SocketOverrides(chat).stop(browser.session.socket_id)
        await painting
        assert carried.ended
        said = [str(step["output"]) for step in browser.of("new_message")]
    assert not any("manually" in each for each in said)
    assert [each["name"] for each in browser.of("element")].count("Report") == 1


async def test_stop_before_there_is_a_run_is_told(tmp_path: Path) -> None:
    """A person who stops while files are still read is told that nothing was asked."""
    with known(tmp_path) as people:
        people.put(ANN)
    async with serving(settings(tmp_path)) as server:
        chat, browser = chat_of(server, people.sessions), browse(seated(ANN))
        browser.session.current_task = asyncio.create_task(asyncio.sleep(60))
        await SocketOverrides(chat).stop(browser.session.socket_id)
        assert [step["output"] for step in browser.of("new_message")] == [NOTHING_YET]
        with pytest.raises(asyncio.CancelledError):
            await browser.session.current_task


async def test_a_page_that_lost_its_connection_is_given_the_conversation_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The view ends, the run goes on, and Chainlit is told to resume this very conversation."""
    resumed: list[str] = []

    async def resume(session: object) -> None:
        resumed.append(session.thread_id_to_resume)  # type: ignore[attr-defined]

    monkeypatch.setattr(socket, "resume_thread", resume)
    monkeypatch.setattr(config.code, "on_chat_resume", resume)
    async with asyncio.timeout(50), hanging(tmp_path) as (chat, browser, carried):
        session = browser.session
        session.has_first_interaction = session.chat_started = True
        session.restore("another socket")
        await SocketOverrides(chat).connect("another socket")
        await asyncio.sleep(0)
        assert chat.session.shown_runs() == ()
        assert not carried.ended
        chat.app.stop("r")
    assert resumed == [session.thread_id]


async def test_chainlit_lets_us_replace_both(tmp_path: Path) -> None:
    """What is registered later is what is called."""
    with known(tmp_path) as people:
        async with serving(settings(tmp_path)) as server:
            overrides = SocketOverrides(chat_of(server, people.sessions))
    overrides.install()
    assert chainlit_server.sio.handlers["/"]["stop"] == overrides.stop
    assert chainlit_server.sio.handlers["/"]["connection_successful"] == overrides.connect
