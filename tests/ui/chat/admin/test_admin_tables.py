"""Commands of operators, from the message a browser sends to what is sent back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from uuid import uuid4

import chainlit as cl
import pytest
from chainlit.config import config
from chainlit.socket import process_message
from chainlit.utils import utc_now

from graph.caps import By, Spent
from graph.options import Options, Role
from graph.people.accounts import Account
from tests.fakes.app import events, settings
from tests.fakes.chainlit_home import Browser, browse
from tests.fakes.chat_context import chat_of
from tests.fakes.people import known, seated
from ui.chat.admin import admin_tables
from ui.chat.admin.admin_charts import cost_charts
from ui.chat.chat_context import ChatContext
from ui.server.server_context import serving

ADA, ANN = (
    Account(id="u-ada", name="ada", role=Role.ADMIN),
    Account(id="u-ann", name="ann", role=Role.ANALYST),
)
BOB = Account(id="u-bob", name="bob", role=Role.ANALYST)
REFUSED = "you may not see status, costs and approvals of everybody"


@asynccontextmanager
async def sitting(
    account: Account, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[tuple[Browser, ChatContext]]:
    """Open a session of a person with that role, in an installation with one run."""
    documents = tmp_path / "docs"
    documents.mkdir()
    (documents / "a.md").write_text("# A tower\n\nThe tower was finished in 1931.\n")
    home = tmp_path / "home"
    with known(home) as people:
        people.put(account, BOB)
        async with serving(settings(home)) as current:
            asked = Options(docs=(str(documents),), user=BOB.id)
            await events(current.app.run("When was the tower finished?", asked, run_id="r"))
            chat = chat_of(current, people.sessions)
            monkeypatch.setattr(config.code, "on_message", partial(admin_tables.run_command, chat))
            yield browse(seated(account)), chat


async def send(browser: Browser, command: str) -> None:
    """Send what a browser sends when a command is chosen, whether or not it was offered."""
    message: Any = {
        "id": str(uuid4()),
        "name": "x",
        "type": "user_message",
        "output": "",
        "command": command,
        "createdAt": utc_now(),
    }
    await process_message(browser.session, {"message": message, "fileReferences": None})


def said(browser: Browser) -> list[str]:
    return [step["output"] for step in browser.of("new_message") if step["type"] == "assistant_message"]


@pytest.mark.parametrize("command", ["costs", "status", "approvals", "tools", "nothing"])
async def test_a_forged_command_is_refused_in_one_line(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An analyst's browser that names a command it was not offered gets the reason, and nothing else."""
    async with sitting(ANN, tmp_path, monkeypatch) as (browser, _chat):
        await send(browser, command)
        (line,) = said(browser)
        assert line.startswith(REFUSED)
        assert "\n" not in line
        assert browser.of("element") == []


async def test_a_page_left_open_does_nothing_more_without_its_account(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An account that is removed ends what its open page may do, with the next message."""
    async with sitting(ADA, tmp_path, monkeypatch) as (browser, _chat):
        with known(tmp_path / "home") as command:
            command.accounts.remove(ADA.name)
        await send(browser, "costs")
        assert said(browser) == ["your login is not valid any more: log out, then log in again"]
        assert browser.of("element") == []


async def test_a_forged_refresh_is_refused_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An analyst who calls the button of a table gets the reason, and no table."""
    async with sitting(ANN, tmp_path, monkeypatch) as (browser, chat):
        answer = await admin_tables.refresh(chat, {"name": "costs", "place": str(uuid4())})
        assert (answer["ok"], answer["said"].startswith(REFUSED)) == (False, True)
        assert "table" not in answer
        assert browser.of("element") == []


async def test_charts_stand_beside_the_table_and_are_renewed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An administrator sees costs as a table and three charts; a refresh replaces each where it stands."""
    async with sitting(ADA, tmp_path, monkeypatch) as (browser, chat):
        await send(browser, "costs")
        table, *charts = browser.of("element")
        assert [each["name"] for each in charts] == [f"Spending by {by}" for by in ("tool", "model", "day")]
        place = charts[0]["forId"]
        assert table["props"]["place"] == place
        answer = await admin_tables.refresh(chat, {"name": "costs", "place": place})
        renewed = browser.of("element")[4:]
    assert answer["ok"]
    assert answer["table"]["place"] == place
    assert [(each["id"], each["forId"]) for each in renewed] == [(each["id"], place) for each in charts]
    assert not {each["chainlitKey"] for each in renewed} & {each["chainlitKey"] for each in charts}


async def test_runs_are_counted_by_status_in_a_chart_and_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the bars show is said above the table."""
    async with sitting(ADA, tmp_path, monkeypatch) as (browser, _chat):
        await send(browser, "status")
        table, chart = browser.of("element")
    assert table["props"]["summary"] == "1 answered."
    assert (chart["name"], chart["type"]) == ("Runs by status", "plotly")


@pytest.mark.parametrize("place", ["here", {"a": 1}, ["x"]])
async def test_a_refresh_for_no_message_is_refused(
    place: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is no id of a message gets a line."""
    async with sitting(ADA, tmp_path, monkeypatch) as (browser, chat):
        answer = await admin_tables.refresh(chat, {"name": "costs", "place": place})
        assert answer == {"ok": False, "said": "this table names no message: reload the page"}
        assert browser.of("element") == []


def test_costs_are_drawn_by_tool_model_and_day() -> None:
    """Each chart has the bars of its own subject."""
    spent = {by: [Spent(subject=f"of {by}", calls=1, settled=1, reserved=0)] for by in By}
    charts = cost_charts(spent)
    assert [chart.figure["data"][0]["y"] for chart in charts[:2]] == [["of tool"], ["of model"]]
    assert charts[2].figure["data"][0]["x"] == ["of day"]


@pytest.mark.parametrize(
    ("chosen", "content", "meant"),
    [
        ("costs", "", "costs"),
        (None, "/costs", "costs"),
        (None, " /costs", None),
        (None, "/costs of what?", None),
        (None, "costs", None),
        (None, "/nothing", None),
    ],
)
def test_a_command_that_was_typed_out_counts(chosen: str | None, content: str, meant: str | None) -> None:
    """A message that is a command and nothing else is one; a question that begins like one is a question."""
    assert (
        admin_tables.command_of(cast("cl.Message", SimpleNamespace(command=chosen, content=content))) == meant
    )
