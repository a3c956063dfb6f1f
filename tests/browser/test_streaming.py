"""A model's words are seen as they come, and are not taken for the report."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.chat import RUN_MS, Chat
from tests.browser.conftest import Visit
from tests.browser.model import writing
from tests.browser.server import ChatServer

pytestmark = pytest.mark.timeout(400)

HELD = "A half-open breaker closes once the configured number of consecutive probe calls has succeeded."
INVENTED = "The moon is made of cheese and zinc."
MARK = "Draft, not checked yet."


def test_a_draft_is_marked_until_the_checked_report_replaces_it(visit: Visit, tmp_path: Path) -> None:
    """What a model invents is seen in the draft, marked as unchecked, and not in the report that follows."""
    sentences = [{"text": HELD, "claims": [1]}, {"text": INVENTED, "claims": [1]}]
    with writing(sentences) as model:
        server = ChatServer(home=tmp_path, more=model)
        try:
            server.account("ann")
            server.start()
            chat = Chat(page=visit(server))
            chat.ask()
            chat.approve()
            body = chat.page.locator("body")
            expect(body).to_contain_text(MARK, timeout=RUN_MS)
            expect(chat.page.get_by_test_id("report")).to_have_count(0)
            expect(body).to_contain_text("The moon is made", timeout=RUN_MS)
            expect(chat.page.get_by_test_id("report")).to_have_count(0)
            report = chat.report()
            expect(report).to_contain_text(HELD)
            expect(body).not_to_contain_text(MARK)
            expect(body).not_to_contain_text(INVENTED)
        finally:
            server.stop()
