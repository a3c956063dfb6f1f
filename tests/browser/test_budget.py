"""A run that lacks money asks for it on a card while it is under way."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.chat import Chat
from tests.browser.conftest import Visit
from tests.browser.server import ChatServer
from tests.browser.web import FACT, paid_web

pytestmark = pytest.mark.timeout(400)

QUESTION = "When does the Zelkova ferry leave?"


@pytest.fixture
def poor_server(tmp_path: Path) -> Iterator[ChatServer]:
    """Serve a chat that looks on a web of which only a paid search answers, with less money than it takes."""
    with paid_web() as settings:
        more = {**settings, "ATTEST_SOURCES": "web", "ATTEST_BUDGET_USD": "0.004"}
        server = ChatServer(home=tmp_path, more=more)
        server.account("ann", "admin")  # others may ask for no more than the operator gives
        server.start()
        yield server
        server.stop()


def test_a_run_that_lacks_money_asks_for_it_and_goes_on(poor_server: ChatServer, visit: Visit) -> None:
    """The paid search that was cut is offered on a card, over a kill; too little is refused, more is used.

    The log of the server has no word of the question.
    """
    chat = Chat(page=visit(poor_server))
    chat.ask(QUESTION)
    expect(chat.plan()).to_contain_text("tavily does not stand in for wikipedia")
    chat.approve()
    card = chat.card("budget", 1)
    expect(card).to_contain_text("tavily")
    expect(card).to_contain_text("$0.008")
    poor_server.kill()
    poor_server.start()
    chat.page.reload()
    card = chat.card("budget", 1)
    card.get_by_test_id("decision-budget").fill("0.001")
    card.get_by_test_id("decision-approve").click()
    expect(card).to_contain_text("write no less than that")
    card.get_by_test_id("decision-budget").fill("0.02")
    card.get_by_test_id("decision-approve").click()
    expect(card).to_contain_text("ann set the budget to $0.02")
    expect(chat.report()).to_contain_text(FACT)
    assert "Zelkova" not in poor_server.log()
    made = json.loads(poor_server.attest("show", chat.run_id(), "--json"))
    assert made["cost"]["by_tool"]["tavily"] == "0.008"


def test_a_run_that_lacks_money_ends_with_what_there_is(poor_server: ChatServer, visit: Visit) -> None:
    """Nothing is spent, and the report says what was not asked for want of money."""
    chat = Chat(page=visit(poor_server))
    chat.ask(QUESTION)
    chat.approve()
    chat.card("budget", 1).get_by_test_id("decision-end").click()
    report = chat.report()
    expect(report.get_by_test_id("status")).to_contain_text("No source could be reached")
    expect(chat.part("unknowns")).to_contain_text("the budget had no room for it")
    expect(report).to_contain_text("spent $0.00")
