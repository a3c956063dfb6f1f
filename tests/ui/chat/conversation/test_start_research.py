"""A message is researched, in a session of Chainlit's own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import chainlit as cl

from graph.options import Role
from graph.people.accounts import Account
from tests.fakes.app import settings
from tests.fakes.chainlit_home import Browser, browse
from tests.fakes.chat_context import chat_of
from tests.fakes.people import known, seated
from ui.chat.chat_context import ChatContext
from ui.chat.conversation.start_research import start_research
from ui.server.server_context import serving

ANN = Account(id="u-ann", name="ann", role=Role.ANALYST)


@asynccontextmanager
async def sitting(tmp_path: Path, account: Account = ANN) -> AsyncIterator[tuple[ChatContext, Browser]]:
    """Open a session before an installation with one document; the person is not asked for the plan."""
    documents = tmp_path / "docs"
    documents.mkdir()
    (documents / "a.md").write_text("# A tower\n\nThe tower was finished in 1931.\n")
    home = tmp_path / "home"
    with known(home) as people:
        people.put(account)
        async with serving(replace(settings(home), docs=(str(documents),))) as server:
            browser = browse(seated(account))
            browser.session.chat_settings = {"approval": "auto"}
            yield chat_of(server, people.sessions), browser


def said(browser: Browser) -> list[str]:
    """Return the last text of each message that the page was sent."""
    steps = [*browser.of("new_message"), *browser.of("update_message")]
    return list({step["id"]: str(step["output"]) for step in steps}.values())


def attached(path: Path) -> Any:  # noqa: ANN401  # an element of Chainlit's
    return SimpleNamespace(name=path.name, path=str(path))


async def test_a_question_is_answered_with_its_report(tmp_path: Path) -> None:
    """The message is handled until the report is on the page."""
    async with sitting(tmp_path) as (chat, browser):
        await start_research(chat, cl.Message(content="When was the tower finished?"))
        assert chat.session.shown_runs() == ()
    assert [each["name"] for each in browser.of("element")].count("Report") == 1


async def test_files_without_a_question_are_kept_and_named(tmp_path: Path) -> None:
    """What can be read is searched from then on, what cannot is named with the reason, and no run begins."""
    good, bad = tmp_path / "tides.md", tmp_path / "setup.exe"
    good.write_text("# Tides\n\nThe tide turns twice a day.\n")
    bad.write_text("x")
    async with sitting(tmp_path) as (chat, browser):
        message = cl.Message(content=" ")
        message.elements = [attached(good), attached(bad)]
        await start_research(chat, message)
        assert await chat.app.asked_by(ANN.id, 1) == []
        (told,) = said(browser)
        assert told.startswith(
            "Questions in this conversation are answered from: tides.md\n- not used: setup.exe"
        )
        await start_research(chat, cl.Message(content="How often does the tide turn?"))
        (run,) = await chat.app.asked_by(ANN.id, 1)
    assert [Path(each).name for each in run.options.docs] == [browser.session.thread_id]


async def test_what_is_refused_is_one_line(tmp_path: Path) -> None:
    """A person who may not research, and a message without words, get the reason and no run."""
    async with sitting(tmp_path) as (chat, browser):
        await start_research(chat, cl.Message(content="  "))
        assert len(said(browser)) == 1
        assert await chat.app.asked_by(ANN.id, 1) == []
    vic = Account(id="u-vic", name="vic", role=Role.VIEWER)
    (tmp_path / "viewer").mkdir()
    async with sitting(tmp_path / "viewer", vic) as (chat, browser):
        await start_research(chat, cl.Message(content="When was the tower finished?"))
        (line,) = said(browser)
        assert line.startswith("you may not")
        assert await chat.app.asked_by(vic.id, 1) == []
