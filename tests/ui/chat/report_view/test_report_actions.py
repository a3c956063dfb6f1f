"""What the buttons of a report get, and from whom they are refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import chainlit as cl
import pytest

from tests.fakes.people import seated
from tests.ui.chat.report_view import reading_app, reports
from tests.ui.chat.report_view.reading_app import ReadingApp, owned
from tests.ui.chat.report_view.screen import watching
from ui.chat.report_view.report_actions import open_figure, read_citation, read_more

RUN = reports.disputed()["run_id"]
ANN = seated(reading_app.ANN)
BOB = cl.User(identifier="bob", metadata={"role": "analyst"})


def app() -> ReadingApp:
    """Make an application with Ann's finished run."""
    return ReadingApp(rows=[owned(reports.disputed())])


def pressed(name: str, **payload: Any) -> cl.Action:  # noqa: ANN401  # any payload
    """Press a button of Ann's report."""
    return cl.Action(name=name, payload={"run": RUN, **payload})


async def test_a_citation_is_read_from_the_store(tmp_path: Path) -> None:
    """A session that never saw the report, as after a restart, gets its sources."""
    async with watching(tmp_path, app(), ANN) as (_, chat):
        shown = await read_citation(chat, pressed("read_citation", number=1))
        further = await read_more(chat, pressed("read_more", number=1, side="after", at=0))
    assert shown["quote"] == reports.NEWER
    assert further["text"] == reports.NEWER


@pytest.mark.parametrize("user", [BOB, None], ids=["another", "nobody"])
async def test_a_forged_action_shows_nothing(tmp_path: Path, user: cl.User | None) -> None:
    """A person who does not own the run gets one line, and nothing opens."""
    async with watching(tmp_path, app(), user) as (screen, chat):
        answers = [
            await read_citation(chat, pressed("read_citation", number=1)),
            await read_more(chat, pressed("read_more", number=1, side="after", at=0)),
            await open_figure(chat, pressed("look", figure="claims", dark=False)),
        ]
    assert [set(answer) for answer in answers] == [{"refused"}] * 3
    assert not screen.elements
    assert not screen.events


async def test_a_figure_opens_beside_the_chat_with_its_words(tmp_path: Path) -> None:
    """The panel gets the drawing and the same in words, under a key of its own each time."""
    async with watching(tmp_path, app(), ANN) as (screen, chat):
        for _ in range(2):
            assert await open_figure(chat, pressed("look", figure="claims", dark=True)) == {}
    opened = [data for event, data in screen.events if event == "set_sidebar_elements"]
    assert [element["type"] for element in opened[0]["elements"]] == ["plotly", "text"]
    assert opened[0]["key"] != opened[1]["key"]
    assert ("set_sidebar_title", "Claims and sources") in screen.events
