"""First questions are offered after the engine answered them."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from pathlib import Path

import pytest

from graph.config.settings import Settings
from graph.run.application import Application
from tests.fakes.app import settings
from ui.chat.conversation.starters import OF_THE_LIBRARY
from ui.chat.conversation.tried_questions import KEPT, TriedQuestions

PAGES = {
    "glacier.md": "# Glacier\n\nA glacier is a mass of ice that moves slowly under its own weight.\n",
    "notes.md": "# Miscellany\n",
}


@pytest.fixture
def asked(tmp_path: Path) -> Settings:
    """Return settings with a folder of two documents: one says what it is about, one does not."""
    folder = tmp_path / "documents"
    folder.mkdir()
    for name, text in PAGES.items():
        (folder / name).write_text(text, encoding="utf-8")
    home = tmp_path / "home"
    home.mkdir()
    return replace(settings(home), docs=(str(folder),))


async def test_only_what_was_answered_is_offered(asked: Settings) -> None:
    """A heading that the documents explain becomes a question, another one does not."""
    tried = TriedQuestions(asked)
    assert tried.now() == ()
    await tried.prepare()
    assert [each.question for each in tried.now()] == ["What is Glacier?"]


async def test_unchanged_documents_are_not_tried_again(asked: Settings) -> None:
    """What was found is kept by the digest of the documents, also over a restart."""
    await TriedQuestions(asked).prepare()
    again = TriedQuestions(asked, opened=_unopened)
    await again.prepare()
    assert [each.question for each in again.now()] == ["What is Glacier?"]


async def test_a_damaged_file_of_questions_is_replaced(asked: Settings) -> None:
    """Whatever stands in it, the documents are tried again."""
    (asked.home / KEPT).write_text('{"of": 3, "questions": [{"label": 1}]}', encoding="utf-8")
    tried = TriedQuestions(asked)
    await tried.prepare()
    assert tried.now()


async def test_trying_leaves_nothing_in_the_home(asked: Settings) -> None:
    """No run, no index and no database of what was tried is left."""
    await TriedQuestions(asked).prepare()
    assert [path.name for path in asked.home.iterdir()] == [KEPT]


async def test_the_library_has_its_own_questions() -> None:
    """They are tried by a test, not by each server."""
    tried = TriedQuestions(replace(settings(Path("/nowhere")), docs=("evals/library/documents",)), _unopened)
    await tried.prepare()
    assert tried.now() == OF_THE_LIBRARY


def _unopened(_: Settings) -> AbstractAsyncContextManager[Application]:
    raise AssertionError("no application was to be opened")
