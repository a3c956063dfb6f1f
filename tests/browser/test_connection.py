"""A page that loses its connection for a while misses nothing, without a reload."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chat import ANSWER, Chat
from tests.browser.conftest import Visit
from tests.browser.server import ChatServer
from tests.browser.web import HeldWeb

pytestmark = pytest.mark.timeout(400)

WIRE = "**/ws/socket.io/**"
KEEP_SOCKETS = """
window.open_sockets = [];
const Plain = window.WebSocket;
window.WebSocket = class extends Plain {
  constructor(...how) {
    if (window.cut_off) throw new Error("cut off");
    super(...how);
    window.open_sockets.push(this);
  }
};
"""
CUT = "window.cut_off = true; window.open_sockets.forEach((each) => each.close())"


def test_what_happened_while_the_connection_was_gone_appears(
    held_server: tuple[ChatServer, HeldWeb], visit: Visit
) -> None:
    """Cut the connection in the middle of a run and let the run end: the page shows its report by itself."""
    server, web = held_server
    chat = Chat(page=visit(server))
    chat.page.add_init_script(KEEP_SOCKETS)
    chat.page.reload()
    chat.ask()
    chat.approve()
    assert web.asked.wait(60)
    loads = _loads(chat.page)
    chat.page.route(WIRE, lambda route: route.abort())
    chat.page.evaluate(CUT)
    web.release()
    _ended(server)
    expect(chat.page.get_by_test_id("report")).to_have_count(0)
    chat.page.unroute(WIRE)
    chat.page.evaluate("window.cut_off = false")
    expect(chat.report()).to_contain_text(ANSWER)
    expect(chat.page.get_by_test_id("report")).to_have_count(1)
    expect(chat.page.get_by_test_id("plan-card")).to_have_count(1)
    assert _loads(chat.page) == loads


def test_a_run_under_way_is_followed_on(held_server: tuple[ChatServer, HeldWeb], visit: Visit) -> None:
    """Cut the connection for a moment: the run can still be stopped, and its report comes once."""
    server, web = held_server
    chat = Chat(page=visit(server))
    chat.page.add_init_script(KEEP_SOCKETS)
    chat.page.reload()
    chat.ask()
    chat.approve()
    assert web.asked.wait(60)
    chat.page.evaluate(f"{CUT}; window.cut_off = false")
    expect(chat.page.locator("#stop-button")).to_have_count(0)
    chat.page.locator("#stop-button").click()
    expect(chat.report().get_by_test_id("status")).to_contain_text("Stopped")
    expect(chat.page.get_by_test_id("report")).to_have_count(1)


def _loads(page: Page) -> float:
    return float(page.evaluate("performance.timeOrigin"))


def _ended(server: ChatServer) -> None:
    """Wait until the one run of the server has its report."""
    for _ in range(60):
        if "answered" in (told := server.attest("runs", "--json")) or '"stopped"' in told:
            return
    raise AssertionError(told)
