"""Files that a person attaches are sources of their conversation, and of no other."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.chat import Chat
from tests.browser.conftest import Visit
from tests.browser.server import ChatServer

pytestmark = pytest.mark.timeout(400)

FACT = "The Zelkova ferry leaves from pier nine at dawn."


def test_an_attached_file_is_searched_and_cited(server: ChatServer, visit: Visit, tmp_path: Path) -> None:
    """A fact that only an attached file holds is answered from it; a broken file is named with its reason."""
    good, broken = tmp_path / "ferries.md", tmp_path / "broken.pdf"
    good.write_text(f"# Ferries\n\n{FACT}\n", encoding="utf-8")
    broken.write_bytes(b"%PDF-1.7 and nothing that follows")
    chat = Chat(page=visit(server))
    chat.attach(good)
    chat.attach(broken)
    chat.ask("From which pier does the Zelkova ferry leave?")
    chat.approve()
    report = chat.report()
    expect(report).to_contain_text(FACT)
    expect(chat.page.locator("body")).to_contain_text("broken.pdf")
    other = Chat(page=visit(server))
    other.ask("From which pier does the Zelkova ferry leave?")
    other.approve()
    expect(other.report()).not_to_contain_text("pier nine")
