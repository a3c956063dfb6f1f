"""What a run asks a person while it is under way, and before its report is shown."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.chat import ANSWER, RUN_MS, Chat
from tests.browser.conftest import Visit
from tests.browser.server import ROOT, ChatServer
from tests.browser.web import HeldWeb

pytestmark = pytest.mark.timeout(400)

ASKS_FIRST = """
@id("searches-ask")
@reason("the operator wants a person to see each search")
forbid (principal, action, resource == Tool::"documents.search")
unless { context.approved };
"""
NAMES = """# Breakers

The half-open breaker is owned by Project Zebra and closes after three probes.

# Keys

The store of keys is owned by Project Quagga beside the half-open breaker.
"""
BIRDS = """
@id("birds") permit (principal, action, resource in Group::"mcp") when { context.approved };
"""
EDIT = """async (purpose) => {
  const [run] = (await (await fetch("/api/runs")).json()).runs
  const { pending } = await (await fetch(run.links.pending)).json()
  const query = { id: "bird", tool: "mcp.birds.lookup", purpose, arguments: { query: "shag" } }
  pending.plan.branches[0].tasks.push(query)
  const sent = { decision: "edit", plan: pending.plan }
  return (await fetch(`${run.links.self}/decision`, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(sent) })).status
}"""
Serve = Callable[[dict[str, str]], ChatServer]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Serve the chat to ann with settings of the test's own."""
    started: list[ChatServer] = []

    def serving(more: dict[str, str]) -> ChatServer:
        server = ChatServer(home=tmp_path, more=more)
        started.append(server)
        server.account("ann")
        server.start()
        return server

    yield serving
    for server in started:
        server.stop()


def test_one_call_is_approved_and_another_rejected_with_a_reason(
    serve: Serve, visit: Visit, tmp_path: Path
) -> None:
    """Two follow-ups wait for a person: each card shows what would be sent, and the report has the reason."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "names.md").write_text(NAMES, encoding="utf-8")
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "ask.cedar").write_text(ASKS_FIRST, encoding="utf-8")
    server = serve({"ATTEST_DOCS": str(tmp_path / "docs"), "ATTEST_POLICIES": str(tmp_path / "policies")})
    chat = Chat(page=visit(server))
    chat.ask("Who owns the half-open breaker?")
    chat.approve()
    first = chat.card("call", 1)
    expect(first).to_contain_text("a person to see each search")
    expect(first).to_contain_text("words of your documents")
    expect(first).to_contain_text("1 more question waits")
    first.get_by_test_id("decision-reject").click()
    expect(first.get_by_test_id("decision-reject-send")).to_be_disabled()
    first.get_by_test_id("decision-reason").fill("that name is ours alone")
    first.get_by_test_id("decision-reject-send").click()
    expect(first).to_contain_text("ann rejected: that name is ours alone")
    second = chat.card("call", 2)
    second.get_by_test_id("decision-approve").click()
    expect(second).to_contain_text("ann approved")
    report = chat.report()
    expect(report).to_contain_text("closes after three probes")
    expect(chat.part("unknowns")).to_contain_text("that name is ours alone")
    expect(chat.page.get_by_test_id("decision-approve")).to_have_count(0)


def test_a_stopped_run_goes_on_when_its_budget_is_raised(
    held_server: tuple[ChatServer, HeldWeb], visit: Visit
) -> None:
    """The partial report comes with a card; less than the run had is refused on it, and so is too much."""
    server, web = held_server
    chat = Chat(page=visit(server))
    chat.ask()
    chat.approve()
    assert web.asked.wait(60)
    chat.page.locator("#stop-button").click()
    expect(chat.report().get_by_test_id("status")).to_contain_text("Stopped")
    web.release()
    card = chat.card("raise", 1)
    card.get_by_test_id("decision-budget").fill("0.001")
    card.get_by_test_id("decision-approve").click()
    expect(card).to_contain_text("write no less than that")
    card.get_by_test_id("decision-budget").fill("2.50")
    card.get_by_test_id("decision-approve").click()
    expect(card).to_contain_text("the most your account may ask for")
    card.get_by_test_id("decision-budget").fill("1.00")
    card.get_by_test_id("decision-approve").click()
    expect(card).to_contain_text("ann set the budget to $1.00")
    expect(chat.part("report")).to_contain_text(ANSWER, timeout=RUN_MS)
    expect(chat.part("unknowns")).not_to_contain_text("stopped")
    made = json.loads(server.attest("show", chat.run_id(), "--json"))
    assert "stopped" not in {unknown["kind"] for unknown in made["unknowns"]}


@pytest.mark.parametrize("released", [True, False])
def test_a_report_is_shown_once_it_is_released(server: ChatServer, visit: Visit, *, released: bool) -> None:
    """A person who chose to be asked sees the report on a card first: it is shown once it is released."""
    chat = Chat(page=visit(server))
    chat.choose("Before the report is shown", "Ask me")
    chat.ask()
    chat.approve()
    card = chat.card("report", 1)
    expect(card).to_contain_text(ANSWER)
    expect(chat.page.get_by_test_id("report")).to_have_count(0)
    if released:
        card.get_by_test_id("decision-approve").click()
        expect(chat.report()).to_contain_text(ANSWER)
        return
    card.get_by_test_id("decision-reject").click()
    card.get_by_test_id("decision-reason").fill("too early")
    card.get_by_test_id("decision-reject-send").click()
    report = chat.report()
    expect(report.get_by_test_id("status")).to_contain_text("Refused")
    expect(report).to_contain_text("too early")
    expect(report).not_to_contain_text(ANSWER)


def test_a_card_says_what_a_tool_does_where_and_in_whose_words(
    serve: Serve, visit: Visit, tmp_path: Path
) -> None:
    """A call of a tool that writes, from an edit and changed since: nothing of it is hidden."""
    folder = tmp_path / "birds"
    for made in (folder, tmp_path / "policies"):
        made.mkdir()
    (folder / "tool.json").write_text('{"restless": true, "annotations": {"readOnlyHint": false}}')
    (tmp_path / "policies" / "birds.cedar").write_text(BIRDS)
    args = ["-m", "tests.security.shifting", str(folder)]
    entry = {"command": sys.executable, "args": args, "cwd": str(ROOT)}
    (tmp_path / "mcp.json").write_text(json.dumps({"servers": {"birds": entry}}))
    server = serve({"ATTEST_POLICIES": str(tmp_path / "policies"), "ATTEST_MCP": str(tmp_path / "mcp.json")})
    chat = Chat(page=visit(server))
    chat.ask()
    plan = chat.plan()
    expect(plan.locator("summary").first).to_contain_text("1 call (reads, this machine), at most $0.00")
    plan.locator("summary").first.click()
    expect(plan).to_contain_text("documents.search (reads, this machine)")
    assert chat.page.evaluate(EDIT, "Harmless.") == 202
    chat.page.reload()
    card = chat.card("call", 1)
    expect(card).to_contain_text(
        "mcp.birds.lookup (WRITES, server birds, this machine) Harmless.the editor's words"
    )
    expect(card).to_contain_text("is not what was approved: its description changed")
    expect(card).to_contain_text("shag")
    expect(card).to_contain_text("limit: 3 (default)")
    expect(card).to_contain_text("birds says of it, unchecked: It was looked at")
    card.get_by_test_id("decision-reject").click()
    card.get_by_test_id("decision-reason").fill("it shifts")
    card.get_by_test_id("decision-reject-send").click()
    expect(chat.report()).to_contain_text(ANSWER)
    assert not (folder / "calls").exists()
    raised = EDIT.replace("pending.plan.branches[0].tasks.push(query)", "")
    assert chat.page.evaluate(raised.replace("plan: pending.plan", "budget_usd: '9'"), "x") == 409
