"""Stop, and a connection that is there again, in a session of Chainlit's own."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from chainlit import server, socket
from chainlit.config import config

from graph.config.settings import Settings
from graph.options import Mode, Options, Role
from graph.run.application import Application
from tests.fakes.app import settings, small_app
from tests.fakes.chainlit_home import Browser, browse
from tests.fakes.people import known, seated
from tests.graph.run.test_halts import PAGES, Slow
from ui.chat.chainlit import socket_overrides
from ui.chat.login import current_user
from ui.chat.run_view import run_view
from ui.server.background_runs import BackgroundRun
from ui.server.people.accounts import Account
from ui.server.people.policy_access import Access
from ui.server.server_context import served, serving

ANN = Account(id="u-ann", name="ann", role=Role.ANALYST)
OPTIONS = Options(mode=Mode.QUICK, user=ANN.id)


@asynccontextmanager
async def hanging(tmp_path: Path) -> AsyncIterator[tuple[Browser, BackgroundRun]]:
    """Sit ann before a run of which one call of three hangs."""

    @asynccontextmanager
    async def opened(_: Settings) -> AsyncIterator[Application]:
        async with small_app(tmp_path, Slow(PAGES)) as app:
            yield app

    with known(tmp_path) as people:
        people.put(ANN)
        current_user.know(people.sessions, Access(None))
        async with serving(settings(tmp_path), opened):
            yield await begun()


async def begun() -> tuple[Browser, BackgroundRun]:
    """Sit ann before her run, and wait until all but one of its calls have ended."""
    browser = browse(seated(ANN))
    run = served().app.run("breaker? zebra? marlin?", OPTIONS, run_id="r")
    carried = await served().runs.begin("r", run)
    run_view.watch(carried, OPTIONS)
    while ended_lines(browser) < 2:  # noqa: ASYNC110  # what a browser is sent sets no event
        await asyncio.sleep(0.02)
    return browser, carried


def ended_lines(browser: Browser) -> int:
    """Count the lines of inquiry that were painted with their one call ended."""
    steps = browser.of("new_message") + browser.of("update_message")
    return len({step["id"] for step in steps if "1 of 1 calls ended" in str(step["output"])})


async def test_stop_ends_the_calls_at_once_and_says_nothing_of_its_own(tmp_path: Path) -> None:
    """A call that would hang for a minute ends, and the report is on the screen, within a second."""
    async with asyncio.timeout(20), hanging(tmp_path) as (browser, carried):
        (painting,) = run_view.desk().watchers.values()
        before = time.monotonic()
        await socket_overrides.stopped(browser.session.socket_id)
        await painting
        took = time.monotonic() - before
        assert carried.ended
        said = [str(step["output"]) for step in browser.of("new_message")]
    assert took < 1
    assert not any("manually" in each for each in said)
    assert [each["name"] for each in browser.of("element")].count("Report") == 1


async def test_stop_before_there_is_a_run_is_told(tmp_path: Path) -> None:
    """Whoever stops while files are still read is told that nothing was asked."""
    async with serving(settings(tmp_path)):
        browser = browse(seated(ANN))
        browser.session.current_task = asyncio.create_task(asyncio.sleep(60))
        await socket_overrides.stopped(browser.session.socket_id)
        assert [step["output"] for step in browser.of("new_message")] == [socket_overrides.NOTHING_YET]
        with pytest.raises(asyncio.CancelledError):
            await browser.session.current_task


async def test_a_page_that_lost_its_connection_is_given_the_conversation_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The painter is put down, the run goes on, and Chainlit is told to resume this very conversation."""
    resumed: list[str] = []

    async def resume(session: object) -> None:
        resumed.append(session.thread_id_to_resume)  # type: ignore[attr-defined]

    monkeypatch.setattr(socket, "resume_thread", resume)
    monkeypatch.setattr(config.code, "on_chat_resume", resume)
    async with asyncio.timeout(20), hanging(tmp_path) as (browser, carried):
        session = browser.session
        session.has_first_interaction = session.chat_started = True
        session.restore("another socket")
        await socket_overrides.connected("another socket")
        await asyncio.sleep(0)
        assert run_view.watched() == ()
        assert not carried.ended
        served().app.stop("r")
    assert resumed == [session.thread_id]


def test_chainlit_lets_us_hear_both() -> None:
    """What is registered later is what is called."""
    socket_overrides.hear()
    assert server.sio.handlers["/"]["stop"] is socket_overrides.stopped
    assert server.sio.handlers["/"]["connection_successful"] is socket_overrides.connected
