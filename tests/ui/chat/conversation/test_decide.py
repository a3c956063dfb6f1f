"""Answers to cards, against the real application over a temporary database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from graph.events import Waiting
from graph.options import Approve, Options, Role
from graph.people.accounts import Account
from tests.fakes.app import events, settings
from tests.fakes.chainlit_home import browse
from tests.fakes.chat_context import chat_of
from tests.fakes.people import known, seated
from ui.chat.chat_context import ChatContext
from ui.chat.conversation.decide import decide
from ui.chat.run_view.decision_cards import card
from ui.server.server_context import serving

ANN = Account(id="u-ann", name="ann", role=Role.ANALYST)


@asynccontextmanager
async def waiting(tmp_path: Path, person: Account = ANN) -> AsyncIterator[tuple[ChatContext, dict[str, Any]]]:
    """Open a session of a person before a run of ann's that waits; yield also what approves it."""
    documents = tmp_path / "docs"
    documents.mkdir()
    (documents / "a.md").write_text("# A tower\n\nThe tower was finished in 1931.\n")
    options = Options(docs=(str(documents),), user=ANN.id, approve=Approve.ASK)
    with known(tmp_path / "home") as people:
        people.put(person)
        async with serving(settings(tmp_path / "home")) as server:
            *_, last = await events(server.app.run("When was the tower finished?", options, run_id="r"))
            assert isinstance(last, Waiting)
            token = card("r", last.question, budget="").props["token"]
            browse(seated(person))
            yield chat_of(server, people.sessions), {"run": "r", "token": token, "decision": "approve"}


async def ended(chat: ChatContext) -> str:
    """Wait until the run is shown to its end, and return its status."""
    await chat.session.views["r"]
    return await status(chat)


async def status(chat: ChatContext) -> str:
    """Return how the run stands."""
    return str((await chat.app.row("r")).status)


async def test_an_answer_lets_the_run_go_on(tmp_path: Path) -> None:
    """Who asked approves, and the run ends."""
    async with waiting(tmp_path) as (chat, payload):
        assert await decide(chat, payload) == {"ok": True, "said": "ann approved"}
        assert await ended(chat) == "answered"


async def test_a_second_answer_changes_nothing(tmp_path: Path) -> None:
    """A double click and a second tab get a line."""
    async with waiting(tmp_path) as (chat, payload):
        assert (await decide(chat, payload))["ok"]
        again = await decide(chat, {**payload, "decision": "reject", "because": "no"})
        assert not again["ok"]
        assert again["said"].startswith("it was answered already: ")
        assert await ended(chat) == "answered"
        late = await decide(chat, payload)
        assert not late["ok"]
        assert "the run does not wait for an answer any more: too late: run r ended as" in late["said"]
        assert "ann approved the plan on " in late["said"]


async def test_a_card_of_yesterday_is_told_so(tmp_path: Path) -> None:
    """An answer to another question than the one that is open is not taken for one to it."""
    async with waiting(tmp_path) as (chat, payload):
        stale = await decide(chat, {**payload, "token": "another"})
        assert not stale["ok"]
        assert stale["said"].startswith("the run has moved on: no decision")
        assert await status(chat) == "waiting"


@pytest.mark.parametrize(
    ("person", "said"),
    [
        (Account(id="u-bob", name="bob", role=Role.ADMIN), "there is no run r"),
        (Account(id="u-ann", name="ann", role=Role.VIEWER), "you may not decide"),
    ],
)
async def test_only_who_asked_and_may_decide_answers(tmp_path: Path, person: Account, said: str) -> None:
    """Somebody else's run does not exist for them, and a viewer decides nothing."""
    async with waiting(tmp_path, person) as (chat, payload):
        answer = await decide(chat, payload)
        assert not answer["ok"]
        assert said in answer["said"]
        assert await status(chat) == "waiting"


async def test_an_answer_that_cannot_be_read_leaves_the_run_waiting(tmp_path: Path) -> None:
    """A forged plan gets a line, and the card can still be answered."""
    async with waiting(tmp_path) as (chat, payload):
        forged = await decide(chat, {**payload, "decision": "edit", "plan": {"lines": 1}})
        assert not forged["ok"]
        assert "plan.branches" in forged["said"]
        assert (await decide(chat, payload))["ok"]
        assert await ended(chat) == "answered"


async def test_an_unknown_run_is_a_line(tmp_path: Path) -> None:
    """A forged name of a run opens nothing."""
    async with waiting(tmp_path) as (chat, payload):
        answer = await decide(chat, {**payload, "run": "x"})
        assert not answer["ok"]
        assert "there is no run x" in answer["said"]
