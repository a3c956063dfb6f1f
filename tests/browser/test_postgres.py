"""The chat over PostgreSQL: nothing is lost with a server, and any number of them share one database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.chat import ANSWER, Chat
from tests.browser.conftest import Visit
from tests.browser.server import ChatServer
from tests.browser.web import held_web
from tests.fakes.databases import schema

pytestmark = pytest.mark.timeout(400)


@pytest.fixture
def database() -> Iterator[dict[str, str]]:
    """Yield what a server must be told to keep all in a schema of its own."""
    with schema() as place:
        yield {"ATTEST_DATABASE_URL": place.url}


@contextmanager
def serving(*servers: ChatServer) -> Iterator[None]:
    """Serve ann at each of these, and end those that still run."""
    servers[0].account("ann")
    try:
        for server in servers:
            server.start()
        yield
    finally:
        for server in servers:
            server.stop()


def listed(chat: Chat, thread: str) -> Chat:
    """Open a conversation out of the list of all."""
    chat.history()
    chat.page.locator(f"#thread-{thread}").first.click()
    return chat


def cited(chat: Chat) -> None:
    """See the report, and the passage its first citation opens."""
    expect(chat.report()).to_contain_text(ANSWER)
    chat.part("citation-1").click()
    expect(chat.part("source-quote")).to_have_text(ANSWER)


def test_a_killed_server_loses_nothing_of_a_conversation(
    tmp_path: Path, database: dict[str, str], visit: Visit
) -> None:
    """Kill the server while a plan waits: card, report and sources are there, and no file holds them."""
    server = ChatServer(home=tmp_path, more=database)
    with serving(server):
        chat = Chat(page=visit(server))
        chat.ask()
        chat.plan()
        thread = chat.thread()
        server.kill()
        server.start()
        chat.page.goto(f"{server.url}/thread/{thread}")
        expect(chat.page.get_by_test_id("plan-card")).to_have_count(1)
        chat.approve()
        cited(chat)
        later = listed(Chat(page=visit(server)), thread)
        cited(later)
        expect(later.page.get_by_test_id("plan-card")).to_have_count(1)
        expect(later.page.get_by_test_id("plan-approve")).to_have_count(0)
        assert not list(tmp_path.rglob("*.db*"))


def test_a_conversation_goes_on_at_another_server(
    tmp_path: Path, database: dict[str, str], visit: Visit
) -> None:
    """A plan of one server is approved at another; when that is killed at work, the first ends the run."""
    with held_web() as web:
        one, other = (ChatServer(home=tmp_path, more={**database, **web.settings}) for _ in range(2))
        with serving(one, other):
            here = Chat(page=visit(one))
            here.ask()
            here.plan()
            there = listed(Chat(page=visit(other)), here.thread())
            expect(there.page.get_by_test_id("plan-card")).to_have_count(1)
            there.approve()
            assert web.asked.wait(60)
            here.page.reload()
            expect(here.page.get_by_text("is being worked on by another process")).to_be_visible()
            other.kill()
            web.release()
            cited(here)
            expect(here.page.get_by_text("is being worked on by another process")).to_have_count(0)
            expect(here.page.get_by_test_id("report")).to_have_count(1)
