"""The chat over restarts: nothing is lost, and nobody's silence is an answer."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from tests.browser.chat import ANSWER, Chat
from tests.browser.conftest import Visit
from tests.browser.server import ChatServer
from tests.browser.web import HeldWeb

pytestmark = pytest.mark.timeout(400)


def test_a_plan_still_waits_after_the_server_was_killed(own_server: ChatServer, visit: Visit) -> None:
    """Kill the server while a plan waits: the card is there again, its answer counts, its report is kept."""
    server = own_server
    chat = Chat(page=visit(server))
    chat.ask()
    chat.plan()
    thread = chat.thread()
    server.kill()
    server.start()
    chat.page.goto(f"{server.url}/thread/{thread}")
    expect(chat.page.get_by_test_id("plan-card")).to_have_count(1)
    chat.approve()
    expect(chat.report()).to_contain_text(ANSWER)
    server.kill()
    server.start()
    chat.page.goto(f"{server.url}/thread/{thread}")
    expect(chat.report()).to_contain_text(ANSWER)
    expect(chat.page.get_by_test_id("plan-approve")).to_have_count(0)
    chat.part("citation-1").click()
    expect(chat.part("source-quote")).to_have_text(ANSWER)


def test_a_run_that_was_killed_goes_on_when_its_person_comes_back(
    held_server: tuple[ChatServer, HeldWeb], visit: Visit
) -> None:
    """Kill the server in the middle of a search: opening the conversation again brings the run to its end."""
    server, web = held_server
    chat = Chat(page=visit(server))
    chat.ask()
    chat.approve()
    assert web.asked.wait(60)
    thread = chat.thread()
    server.kill()
    web.release()
    server.start()
    chat.page.goto(f"{server.url}/thread/{thread}")
    expect(chat.report()).to_contain_text(ANSWER)
    assert len(json.loads(server.attest("runs", "--json"))) == 1


def test_a_conversation_is_found_in_the_history(server: ChatServer, visit: Visit) -> None:
    """Another day, another browser: the conversation is in the list, with its report and its sources."""
    first = Chat(page=visit(server))
    first.ask()
    first.approve()
    first.report()
    thread = first.thread()
    later = Chat(page=visit(server))
    later.history()
    later.page.locator(f"#thread-{thread}").first.click()
    expect(later.report()).to_contain_text(ANSWER)
    later.part("citation-1").click()
    expect(later.part("source-quote")).to_have_text(ANSWER)
