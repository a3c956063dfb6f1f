"""The chat for everybody: by keyboard, on a phone, in the dark, and read aloud."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.chat import Chat
from tests.browser.conftest import PHONE, Visit
from tests.browser.server import ChatServer

pytestmark = pytest.mark.timeout(400)

SERIOUS = {"serious", "critical"}
OURS = ("plan-card", "report", "source-panel", "meter")


@pytest.mark.parametrize("look", [{"color_scheme": "light"}, {"color_scheme": "dark", "viewport": PHONE}])
def test_axe_finds_nothing_serious_in_our_elements(
    server: ChatServer, visit: Visit, look: dict[str, Any]
) -> None:
    """In light and dark, wide and narrow, no element of ours breaks a serious rule of axe-core."""
    chat = Chat(page=visit(server, "ann", **look))
    chat.ask()
    chat.plan()
    found = _serious(chat.page)
    chat.approve()
    chat.report()
    found += _serious(chat.page)
    chat.part("citation-1").click()
    expect(chat.part("source-quote")).to_be_visible()
    found += _serious(chat.page)
    assert found == []


def test_everything_is_reached_by_keyboard(server: ChatServer, visit: Visit) -> None:
    """A person without a pointer asks, approves, opens a citation and comes back to where they were."""
    chat = Chat(page=visit(server))
    chat.ask()
    chat.plan()
    _to(chat.page, "plan-approve")
    chat.page.keyboard.press("Enter")
    chat.report()
    _to(chat.page, "citation-1")
    chat.page.keyboard.press("Enter")
    expect(chat.part("source-quote")).to_be_focused()
    chat.page.keyboard.press("Escape")
    expect(chat.part("citation-1")).to_be_focused()


def test_nothing_is_wider_than_a_phone(server: ChatServer, visit: Visit) -> None:
    """On a screen of 390 points neither the card nor the report makes the page scroll sideways."""
    chat = Chat(page=visit(server, "ann", viewport=PHONE))
    chat.ask()
    chat.plan()
    assert _overflow(chat.page) <= 0
    chat.approve()
    chat.report()
    assert _overflow(chat.page) <= 0


def _serious(page: Page) -> list[str]:
    """Return what axe-core holds against our elements, each rule with where it was broken."""
    selectors = [f"[data-testid={name}]" for name in OURS if page.get_by_test_id(name).count()]
    context: dict[str, list[list[str]]] = {"include": [[selector] for selector in selectors]}
    violations = Axe().run(page, context=context).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:120]}"
        for rule in violations
        if rule["impact"] in SERIOUS
        for node in rule["nodes"]
    ]


def _to(page: Page, name: str) -> None:
    """Press Tab, or Tab backwards, until an element has the focus."""
    for key in ("Tab", "Shift+Tab"):
        for _ in range(60):
            if page.evaluate("document.activeElement?.dataset?.testid") == name:
                return
            page.keyboard.press(key)
    raise AssertionError(f"{name} is not reached by keyboard")


def _overflow(page: Page) -> int:
    script = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    return int(page.evaluate(script))
