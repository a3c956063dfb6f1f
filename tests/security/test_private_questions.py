"""A click that would send words of private documents to a service."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.options import Options, Role
from tests.fakes.app import events, settings
from ui.chat.conversation import private_question
from ui.server.people.accounts import Account
from ui.server.server_context import serving


def sit(monkeypatch: pytest.MonkeyPatch, person: str) -> None:
    async def asker() -> Account:
        return Account(id=f"u-{person}", name=person, role=Role.ANALYST)

    monkeypatch.setattr(private_question, "asker", asker)


@pytest.mark.parametrize("person", ["ann", "bob"])
async def test_a_question_offered_out_of_documents_keeps_its_mark(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, person: str
) -> None:
    """The bare words that a button sends are known again, for whom the report was made, and no others are."""
    sit(monkeypatch, person)
    documents = tmp_path / "docs"
    documents.mkdir()
    (documents / "a.md").write_text("# A tower\n\nThe tower was finished by Osprey in 1931.\n")
    options = Options(docs=(str(documents),), user="u-ann")
    async with serving(settings(tmp_path / "home")) as current:
        await events(current.app.run("When was the tower finished?", options, run_id="r"))
        offered = "What do the sources say about Osprey?"
        assert await private_question.is_private(offered) is (person == "ann")
        assert not await private_question.is_private("What do the sources say about towers?")


async def test_what_follows_a_private_question_is_private(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A question that repeats the words of a private one keeps the mark."""
    sit(monkeypatch, "ann")
    documents = tmp_path / "docs"
    documents.mkdir()
    (documents / "a.md").write_text("Nothing of the kind.\n")
    asked = "What is built by Osprey?"
    options = Options(docs=(str(documents),), user="u-ann", private=True)
    async with serving(settings(tmp_path / "home")) as current:
        await events(current.app.run(asked, options, run_id="r"))
        assert await private_question.is_private("What do the sources say about Osprey?")
