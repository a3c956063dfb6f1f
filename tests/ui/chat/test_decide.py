"""Answers to cards, against the real application over a temporary database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from graph.events import Waiting
from graph.options import Approve, Options, Role
from tests.fakes.app import events, settings
from ui.chat.conversation import decide as deciding
from ui.chat.login import current_user
from ui.chat.run_view.decision_cards import card
from ui.server.people.accounts import Account
from ui.server.people.policy_access import Access
from ui.server.server_context import ServerContext, serving

ANN = Account(id="u-ann", name="ann", role=Role.ANALYST)


@pytest.fixture
def at_the_desk(monkeypatch: pytest.MonkeyPatch) -> dict[str, Account]:
    """Sit at a session without a browser: `person` says who, cards are not drawn."""
    person = {"person": ANN}

    async def drawn(*_: object) -> None:
        return None

    async def asker() -> Account:
        return person["person"]

    monkeypatch.setattr(deciding, "asker", asker)
    monkeypatch.setattr(current_user, "sitting", asker)
    monkeypatch.setattr(current_user, "access", lambda: Access(None))
    monkeypatch.setattr(deciding, "put", drawn)
    monkeypatch.setattr(deciding, "watch", lambda *_: None)
    monkeypatch.setattr(deciding, "desk", lambda: SimpleNamespace(drafts={}))
    return person


@asynccontextmanager
async def waiting(tmp_path: Path) -> AsyncIterator[tuple[ServerContext, dict[str, Any]]]:
    """Yield an installation with a run of ann's that waits, and the payload that approves it."""
    documents = tmp_path / "docs"
    documents.mkdir()
    (documents / "a.md").write_text("# A tower\n\nThe tower was finished in 1931.\n")
    options = Options(docs=(str(documents),), user=ANN.id, approve=Approve.ASK)
    async with serving(settings(tmp_path / "home")) as current:
        *_, last = await events(current.app.run("When was the tower finished?", options, run_id="r"))
        assert isinstance(last, Waiting)
        token = card("r", last.question, budget="").props["token"]
        yield current, {"run": "r", "token": token, "decision": "approve"}


async def ended(current: ServerContext) -> str:
    carried = current.runs.find("r")
    assert carried is not None
    async for _ in carried.follow():
        pass
    return str((await current.app.row("r")).status)


@pytest.mark.usefixtures("at_the_desk")
async def test_an_answer_lets_the_run_go_on(tmp_path: Path) -> None:
    """Who asked approves, and the run ends."""
    async with waiting(tmp_path) as (current, payload):
        assert await deciding.decide(payload) == {"ok": True, "said": "ann approved"}
        assert await ended(current) == "answered"


@pytest.mark.usefixtures("at_the_desk")
async def test_a_second_answer_changes_nothing(tmp_path: Path) -> None:
    """A double click and a second tab get a line."""
    async with waiting(tmp_path) as (current, payload):
        assert (await deciding.decide(payload))["ok"]
        again = await deciding.decide({**payload, "decision": "reject", "because": "no"})
        assert not again["ok"]
        assert again["said"].startswith("it was answered already: ")
        assert await ended(current) == "answered"
        late = await deciding.decide(payload)
        assert not late["ok"]
        assert "the run does not wait for an answer any more: too late: run r ended as" in late["said"]
        assert "ann approved the plan on " in late["said"]


@pytest.mark.usefixtures("at_the_desk")
async def test_a_card_of_yesterday_is_told_so(tmp_path: Path) -> None:
    """An answer to another question than the one that is open is not taken for one to it."""
    async with waiting(tmp_path) as (current, payload):
        stale = await deciding.decide({**payload, "token": "another"})
        assert not stale["ok"]
        assert stale["said"].startswith("the run has moved on: no decision")
        assert str((await current.app.row("r")).status) == "waiting"


@pytest.mark.parametrize(
    ("person", "said"),
    [
        (Account(id="u-bob", name="bob", role=Role.ADMIN), "there is no run r"),
        (Account(id="u-ann", name="ann", role=Role.VIEWER), "you may not decide"),
    ],
)
async def test_only_who_asked_and_may_decide_answers(
    at_the_desk: dict[str, Account], tmp_path: Path, person: Account, said: str
) -> None:
    """Somebody else's run does not exist for them, and a viewer decides nothing."""
    async with waiting(tmp_path) as (current, payload):
        at_the_desk["person"] = person
        answer = await deciding.decide(payload)
        assert not answer["ok"]
        assert said in answer["said"]
        assert str((await current.app.row("r")).status) == "waiting"


@pytest.mark.usefixtures("at_the_desk")
async def test_an_answer_that_cannot_be_read_leaves_the_run_waiting(tmp_path: Path) -> None:
    """A forged plan gets a line, and the card can still be answered."""
    async with waiting(tmp_path) as (current, payload):
        forged = await deciding.decide({**payload, "decision": "edit", "plan": {"lines": 1}})
        assert not forged["ok"]
        assert "plan.branches" in forged["said"]
        assert (await deciding.decide(payload))["ok"]
        assert await ended(current) == "answered"


@pytest.mark.usefixtures("at_the_desk")
async def test_an_unknown_run_is_a_line(tmp_path: Path) -> None:
    """A forged name of a run opens nothing."""
    async with waiting(tmp_path) as (_, payload):
        answer = await deciding.decide({**payload, "run": "x"})
        assert not answer["ok"]
        assert "there is no run x" in answer["said"]
