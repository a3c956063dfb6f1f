"""Stop means stop, and keeps what there is."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.chat import Chat
from tests.browser.conftest import Visit
from tests.browser.server import ChatServer
from tests.browser.web import HeldWeb

pytestmark = pytest.mark.timeout(400)


def test_stop_ends_a_run_with_a_partial_report(held_server: tuple[ChatServer, HeldWeb], visit: Visit) -> None:
    """While a search hangs, Stop brings a partial report that says what was stopped.

    The search is in the language that was chosen, and the plan says so.
    """
    server, web = held_server
    chat = Chat(page=visit(server))
    chat.choose("Language of sources", "German")
    chat.ask()
    expect(chat.plan()).to_contain_text("in the language de")
    chat.approve()
    assert web.asked.wait(60)
    assert web.editions == ["de"]
    chat.page.locator("#stop-button").click()
    report = chat.report()
    expect(report.get_by_test_id("status")).to_contain_text("Stopped")
    expect(chat.part("unknowns")).to_contain_text("stopped")
    expect(chat.page.get_by_text("Task manually stopped")).to_have_count(0)
    expect(chat.page.locator("#stop-button")).to_have_count(0)


def test_the_choice_to_go_ahead_asks_nothing(server: ChatServer, visit: Visit) -> None:
    """A person who chose to let runs go ahead gets the report without a card."""
    chat = Chat(page=visit(server))
    chat.choose("Before it acts", "Go ahead without me")
    chat.ask()
    chat.report()
    expect(chat.page.get_by_test_id("plan-card")).to_have_count(0)
