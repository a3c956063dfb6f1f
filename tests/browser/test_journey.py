"""From a question to a checked report, in a real browser."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.chat import ANSWER, Chat
from tests.browser.conftest import Visit
from tests.browser.server import ChatServer

pytestmark = pytest.mark.timeout(400)


def test_ask_edit_approve_watch_read_and_download(server: ChatServer, visit: Visit, tmp_path: Path) -> None:
    """A person asks, changes the plan, watches, opens a citation and takes a report away that verifies."""
    chat = Chat(page=visit(server))
    chat.ask()
    card = chat.plan()
    chat.part("plan-add").click()
    chat.part("plan-question-2").fill("How long do entries in Marlin live?")
    chat.part("plan-add").click()
    chat.part("plan-question-3").fill("What is bread made of?")
    chat.part("plan-drop-3").click()
    expect(card.get_by_test_id("plan-line-3")).to_have_count(0)
    chat.approve()
    report = chat.report()
    expect(report).to_contain_text(ANSWER)
    expect(report.get_by_role("heading", level=2)).to_be_in_viewport()
    expect(report).to_contain_text("24 hours")
    expect(chat.part("unknowns")).to_be_visible()

    chat.part("citation-1").click()
    expect(chat.part("source-panel")).to_be_visible()
    quote = chat.part("source-quote")
    expect(quote).to_be_in_viewport()
    expect(chat.part("source-credibility")).to_contain_text("not rated")

    archive = chat.download("json", tmp_path)
    folder = tmp_path / "unpacked"
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(folder)
    written = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    first = written["claims"][0]["citations"][0]
    assert quote.inner_text() == first["quote"]
    server.attest("verify", str(folder))
    assert chat.download("markdown", tmp_path).read_text(encoding="utf-8").startswith("# When does")
    page = chat.download("html", tmp_path).read_text(encoding="utf-8")
    assert ANSWER in page
    assert "<script" not in page
    assert chat.download("pdf", tmp_path).read_bytes().startswith(b"%PDF-")


def test_nothing_is_asked_before_the_plan_is_approved_and_a_rejection_ends_it(
    server: ChatServer, visit: Visit
) -> None:
    """A plan waits for its person; a rejection needs a reason, which the refused run then shows.

    The browser is a German one: Chainlit's words are in German, and what a step did is said as anywhere.
    """
    chat = Chat(page=visit(server, locale="de-DE"))
    chat.ask()
    chat.plan()
    chat.part("plan-reject").click()
    expect(chat.part("plan-reject-send")).to_be_disabled()
    chat.part("plan-reason").fill("too broad")
    chat.part("plan-reject-send").click()
    report = chat.report()
    expect(report).to_contain_text("Refused")
    expect(report).to_contain_text("too broad")
    expect(chat.page.get_by_placeholder("Nachricht eingeben...")).to_be_visible()
    expect(chat.page.get_by_text("Getting ready: the documents and the plan").first).to_be_visible()
    expect(chat.page.get_by_text("Verwendet")).to_have_count(0)
    assert json.loads(server.attest("show", chat.run_id(), "--json"))["cost"]["calls"] <= 1
