"""Take the pictures of the README's gallery: `python -m tests.browser.gallery`.

The chat is served on the embedded default, and every screen is photographed in light, in dark and on a phone.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.chat import Chat
from tests.browser.conftest import DESKTOP, FLAGS, PHONE, chromium, log_in
from tests.browser.server import ROOT, ChatServer
from tests.browser.web import paid_web

FOLDER = ROOT / "ui" / "gallery"
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light", "viewport": DESKTOP},
    "dark": {"color_scheme": "dark", "viewport": DESKTOP},
    "phone": {"color_scheme": "light", "viewport": PHONE},
}
FERRY = "From which pier does the Zelkova ferry leave?"
"""It is answered by a search that costs, so that there are costs to show."""
SETTLED_MS = 1_200
"""What slides or fades is done by then."""


def main() -> None:
    """Make every picture again."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as home, paid_web() as web, sync_playwright() as playwright:
        server = ChatServer(home=Path(home), more=web)
        server.account("ada", "admin")
        server.attest("ask", FERRY, "--sources", "web", "--out", f"{home}/ferry")
        server.start()
        browser = playwright.chromium.launch(executable_path=chromium(), args=[*FLAGS])
        try:
            for look, how in LOOKS.items():
                _photograph(browser, server, look, how)
        finally:
            browser.close()
            server.stop()


def _photograph(browser: Browser, server: ChatServer, look: str, how: dict[str, Any]) -> None:
    context = browser.new_context(**how)
    context.set_default_timeout(30_000)
    page = context.new_page()
    page.goto(server.url)
    page.wait_for_selector("input[name=email]")
    _shot(page, "login", look)
    log_in(page, "ada")
    _shot(page, "welcome", look)
    chat = Chat(page=page)
    chat.ask()
    chat.plan()
    _shot(page, "plan", look)
    chat.approve()
    chat.report().scroll_into_view_if_needed()
    page.get_by_test_id("status").last.scroll_into_view_if_needed()
    _shot(page, "report", look)
    chat.part("citation-1").click()
    expect(chat.part("source-quote")).to_be_visible()
    _shot(page, "source", look)
    page.keyboard.press("Escape")
    chat.part("look-timeline").click()
    page.wait_for_selector(".js-plotly-plot")
    _shot(page, "timeline", look)
    page.goto(server.url)
    page.wait_for_selector("#chat-input")
    chat.command("costs")
    expect(chat.part("table-costs")).to_be_visible()
    _shot(page, "costs", look)
    context.close()


def _shot(page: Page, screen: str, look: str) -> None:
    page.wait_for_timeout(SETTLED_MS)
    page.screenshot(path=FOLDER / f"{screen}-{look}.png")


if __name__ == "__main__":
    main()
