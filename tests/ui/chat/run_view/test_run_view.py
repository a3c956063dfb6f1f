"""A run is shown from its first event to its report, in a session of Chainlit's own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from graph.config.settings import Settings
from graph.errors import Unavailable
from graph.events import Event, Noted
from graph.options import Mode, Options, Role
from graph.people.accounts import Account
from graph.run.application import Application
from tests.fakes.app import settings, small_app
from tests.fakes.chainlit_home import Browser, browse
from tests.fakes.chat_context import chat_of
from tests.fakes.people import known, seated
from tests.fakes.tools import Pages
from ui.chat.chat_context import ChatContext
from ui.chat.run_view.run_view import show_run
from ui.server.server_context import serving

ANN = Account(id="u-ann", name="ann", role=Role.ANALYST)
OPTIONS = Options(mode=Mode.QUICK, user=ANN.id)


@asynccontextmanager
async def sitting(tmp_path: Path) -> AsyncIterator[tuple[ChatContext, Browser]]:
    """Open a session of ann's in front of a small application."""

    @asynccontextmanager
    async def opened(_: Settings) -> AsyncIterator[Application]:
        async with small_app(tmp_path, Pages({"Breakers": "A breaker closes after three probes."})) as app:
            yield app

    with known(tmp_path) as people:
        people.put(ANN)
        async with serving(settings(tmp_path), opened) as server:
            yield chat_of(server, people.sessions), browse(seated(ANN))


def said(browser: Browser) -> list[str]:
    """Return the texts of the messages that the page was sent."""
    return [str(each["output"]) for each in browser.of("new_message")]


async def test_a_run_is_shown_once_to_its_report(tmp_path: Path) -> None:
    """Asked for twice, the view is the same, and the page gets one report."""
    async with sitting(tmp_path) as (chat, browser):
        run = await chat.runs.begin("r", chat.app.run("breaker?", OPTIONS, run_id="r"))
        view = show_run(chat, run, OPTIONS)
        assert show_run(chat, run, OPTIONS) is view
        assert chat.session.shown_runs() == ("r",)
        await view
        assert chat.session.shown_runs() == ()
    assert [each["name"] for each in browser.of("element")].count("Report") == 1
    assert browser.of("task_start") == browser.of("task_end")


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (Unavailable("the database does not answer"), "the database does not answer"),
        (KeyError("x"), "Something went wrong here"),
    ],
)
async def test_what_ends_a_view_is_told_on_the_page(tmp_path: Path, error: Exception, told: str) -> None:
    """An error that a person can act on is shown in its words; any other is called one, and raised."""

    async def failing() -> AsyncIterator[Event]:
        yield Noted(text="begun")
        raise error

    async with sitting(tmp_path) as (chat, browser):
        async for _ in chat.app.run("breaker?", OPTIONS, run_id="r"):
            pass
        view = show_run(chat, await chat.runs.begin("r", failing()), OPTIONS)
        if isinstance(error, Unavailable):
            await view
        else:
            with pytest.raises(KeyError):
                await view
    assert told in said(browser)[-1]
