"""A file that a person attaches, over HTTP."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import httpx
import pytest
from fastapi import FastAPI

from tests.fakes.chainlit_home import Browser, browse
from ui.chat.conversation import upload_route


@pytest.fixture
async def browser() -> Browser:
    """Open a session, whose files go at the end of the test."""
    return browse(None)


@pytest.fixture(autouse=True)
def _without_files(browser: Browser) -> Iterator[None]:
    yield
    shutil.rmtree(browser.session.files_dir, ignore_errors=True)


async def sent(session: str, name: str = "notes.md", content: bytes = b"# Notes") -> httpx.Response:
    """Send a file as the page does."""
    app = FastAPI()
    app.include_router(upload_route.router)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://attest.test") as client:
        files = {"file": (name, content, "text/markdown")}
        return await client.post("/project/file", params={"session_id": session}, files=files)


async def test_a_file_is_kept_in_the_session_of_its_page(browser: Browser) -> None:
    """The page gets the id by which its next message names the file."""
    browser.session.files_dir.mkdir(parents=True, exist_ok=True)
    reply = await sent(browser.session.id)
    assert reply.status_code == 200
    assert browser.session.files[reply.json()["id"]]["name"] == "notes.md"


async def test_a_session_that_is_over_takes_no_file(browser: Browser) -> None:
    """The page is told to reload."""
    reply = await sent(f"{browser.session.id}x")
    assert (reply.status_code, reply.json()["detail"]) == (404, "this session is over: reload the page")


async def test_an_empty_file_is_refused_by_its_name(browser: Browser) -> None:
    """The line says which file to leave out."""
    reply = await sent(browser.session.id, content=b"")
    assert (reply.status_code, reply.json()["detail"]) == (
        400,
        "notes.md is empty: attach one that is not",
    )


async def test_a_conversation_that_holds_too_much_takes_no_more(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The limit counts the files of all messages."""
    monkeypatch.setattr(upload_route, "MOST_CONVERSATION_BYTES", 10)
    browser.session.files_dir.mkdir(parents=True, exist_ok=True)
    assert (await sent(browser.session.id, content=b"x" * 9)).status_code == 200
    reply = await sent(browser.session.id, content=b"xx")
    assert (reply.status_code, reply.json()["detail"]) == (
        400,
        "this conversation holds too much: begin a new one",
    )
