"""A click that would send words of private documents to a service."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from graph.options import Options, Role
from graph.people.accounts import Account
from tests.fakes.app import events, settings
from tests.fakes.chainlit_home import browse
from tests.fakes.chat_context import chat_of
from tests.fakes.people import known, seated
from ui.chat.chat_context import ChatContext
from ui.chat.conversation.private_question import is_private
from ui.server.server_context import serving


@asynccontextmanager
async def chat_before(home: Path, name: str) -> AsyncIterator[ChatContext]:
    """Open a session of a person in the chat of a new installation."""
    person = Account(id=f"u-{name}", name=name, role=Role.ANALYST)
    with known(home) as people:
        people.put(person)
        async with serving(settings(home)) as server:
            browse(seated(person))
            yield chat_of(server, people.sessions)


@pytest.mark.parametrize("person", ["ann", "bob"])
async def test_a_question_offered_out_of_documents_keeps_its_mark(tmp_path: Path, person: str) -> None:
    """The bare words that a button sends are known again, for whom the report was made, and no others are."""
    documents = tmp_path / "docs"
    documents.mkdir()
    (documents / "a.md").write_text("# A tower\n\nThe tower was finished by Osprey in 1931.\n")
    options = Options(docs=(str(documents),), user="u-ann")
    async with chat_before(tmp_path / "home", person) as chat:
        await events(chat.app.run("When was the tower finished?", options, run_id="r"))
        offered = "What is Osprey?"
        assert await is_private(chat, await chat.user.account(), offered) is (person == "ann")
        assert not await is_private(chat, await chat.user.account(), "What is a tower?")


async def test_what_follows_a_private_question_is_private(tmp_path: Path) -> None:
    """A question that repeats the words of a private one keeps the mark."""
    documents = tmp_path / "docs"
    documents.mkdir()
    (documents / "a.md").write_text("Nothing of the kind.\n")
    asked = "What is built by Osprey?"
    options = Options(docs=(str(documents),), user="u-ann", private=True)
    async with chat_before(tmp_path / "home", "ann") as chat:
        await events(chat.app.run(asked, options, run_id="r"))
        assert await is_private(chat, await chat.user.account(), "What is Osprey?")
