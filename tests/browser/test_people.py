"""Who may see what: people are strangers to one another, and only administrators operate."""

from __future__ import annotations

import pytest
from playwright.sync_api import APIResponse, Page, expect

from tests.browser.chat import Chat
from tests.browser.conftest import Visit
from tests.browser.server import ChatServer

pytestmark = pytest.mark.timeout(400)

ABSENT = {401, 403, 404}
CHARTS = {"status": 1, "costs": 1 + 3, "approvals": 1 + 3, "tools": 1 + 3}
"""How many charts are on the page after each command, those of the commands before it included."""


def test_nobody_opens_the_thread_the_report_or_the_files_of_another(server: ChatServer, visit: Visit) -> None:
    """Bob, who knows every address of ann's conversation, sees nothing of it; ann sees all."""
    ann = Chat(page=visit(server, "ann"))
    ann.ask()
    ann.approve()
    ann.report()
    thread, run = ann.thread(), ann.run_id()
    addresses = [
        f"/project/thread/{thread}",
        *(f"/reading/{run}/{kind}" for kind in ("markdown", "html", "pdf", "json")),
        f"/api/runs/{run}",
        f"/api/runs/{run}/report",
        f"/api/runs/{run}/events",
    ]
    bob = visit(server, "bob")
    for address in addresses:
        assert _get(ann.page, server, address).ok, address
        assert _get(bob, server, address).status in ABSENT, address
    bob.goto(f"{server.url}/thread/{thread}")
    bob.wait_for_timeout(2_000)
    expect(bob.get_by_test_id("report")).to_have_count(0)
    stranger = visit(server, None)
    for address in addresses:
        assert _get(stranger, server, address).status in ABSENT, address


def test_only_an_administrator_is_offered_the_tables(server: ChatServer, visit: Visit) -> None:
    """An administrator has live tables of the installation; nobody else is offered them or gets them."""
    ada = Chat(page=visit(server, "ada"))
    for name in ("status", "costs", "approvals", "tools"):
        ada.command(name)
        expect(ada.part(f"table-{name}")).to_be_visible()
        charts = ada.page.locator(".js-plotly-plot")
        expect(charts).to_have_count(CHARTS[name])
        ada.part(f"refresh-{name}").click()
        expect(ada.part(f"table-{name}").get_by_role("status")).to_have_text("Refreshed")
        expect(charts).to_have_count(CHARTS[name])
    ann = Chat(page=visit(server, "ann"))
    ann.page.locator("#chat-input").click()
    ann.page.keyboard.type("/costs")
    ann.page.wait_for_timeout(500)
    expect(ann.page.get_by_role("option")).to_have_count(0)


def test_a_wrong_password_is_refused(server: ChatServer, visit: Visit) -> None:
    """Nobody comes in without a password that fits, whether the name is known or not."""
    page = visit(server, None)
    for name in ("ann", "nobody"):
        page.fill("input[name=email]", name)
        page.fill("input[name=password]", "not the password")
        page.click("button[type=submit]")
        expect(page.get_by_role("alert").first).to_be_visible()
    expect(page.locator("#chat-input")).to_have_count(0)


def _get(page: Page, server: ChatServer, address: str) -> APIResponse:
    return page.request.get(f"{server.url}{address}", timeout=20_000)
