"""The chat as a person sees it: what there is to click and to read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Download, Locator, Page, expect

QUESTION = "When does a half-open circuit breaker close again?"
ANSWER = (
    "A half-open breaker closes again once the configured number of consecutive probe calls has succeeded."
)
RUN_MS = 60_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """Use a page of the chat."""

    page: Page

    def part(self, name: str) -> Locator:
        """Return the latest element of that test id."""
        return self.page.get_by_test_id(name).last

    def ask(self, question: str = QUESTION) -> None:
        """Type a question and send it, once the page is connected: before that it takes no Enter."""
        box = self.page.locator("#chat-input")
        box.click()
        self.page.keyboard.type(question)
        expect(self.page.locator("#chat-submit")).to_be_enabled(timeout=RUN_MS)
        box.press("Enter")

    def command(self, name: str) -> None:
        """Give a command of an operator: it is chosen, then sent."""
        expect(self.page.locator("#command-button")).to_be_visible()
        self.page.locator("#chat-input").click()
        self.page.keyboard.type(f"/{name}")
        self.page.keyboard.press("Enter")
        self.page.keyboard.press("Enter")

    def attach(self, path: Path) -> None:
        """Attach a file to the next message, and wait until the server has it."""
        with self.page.expect_response(lambda reply: "/project/file" in reply.url) as coming:
            self.page.set_input_files("#upload-button-input", str(path))
        assert coming.value.ok

    def plan(self) -> Locator:
        """Return the card of the plan, once it is there."""
        card = self.part("plan-card")
        expect(card).to_be_visible(timeout=RUN_MS)
        return card

    def approve(self) -> None:
        """Approve the plan as it stands on its card."""
        self.plan()
        self.part("plan-approve").click()

    def card(self, kind: str, count: int) -> Locator:
        """Return the newest card of a kind, once there are so many."""
        cards = self.page.locator(f"[data-testid=decision-card][data-kind={kind}]")
        expect(cards).to_have_count(count, timeout=RUN_MS)
        return cards.last

    def report(self) -> Locator:
        """Return the report, once it is there."""
        report = self.part("report")
        expect(report).to_be_visible(timeout=RUN_MS)
        return report

    def run_id(self) -> str:
        """Return whose report is shown."""
        return self.report().get_attribute("data-run") or ""

    def choose(self, label: str, option: str) -> None:
        """Choose something in the settings panel, and confirm."""
        self.page.locator("#chat-settings-header-button, #chat-settings-open-modal").first.click()
        self.page.get_by_label(label).click()
        self.page.get_by_role("option", name=option).click()
        self.page.get_by_role("button", name="Confirm").click()

    def download(self, kind: str, folder: Path) -> Path:
        """Download the report in a form; return the file."""
        with self.page.expect_download() as coming:
            self.part(f"download-{kind}").click()
        came: Download = coming.value
        path = folder / came.suggested_filename
        came.save_as(path)
        return path

    def history(self) -> None:
        """Open the list of conversations, if it is shut."""
        if self.page.locator("[data-state=collapsed]").count():
            self.page.locator("#sidebar-trigger-button").last.click()

    def thread(self) -> str:
        """Return the id of the conversation, as the address of the page names it."""
        self.page.wait_for_url("**/thread/**")
        return self.page.url.rpartition("/")[2]
