"""A report is sent as one message with its element."""

from __future__ import annotations

from pathlib import Path

from tests.fakes.people import seated
from tests.ui.chat.report_view import reports
from tests.ui.chat.report_view.reading_app import ANN, ReadingApp, owned
from tests.ui.chat.report_view.screen import watching
from ui.chat.report_view.plain_form import plain_form
from ui.chat.report_view.present_report import present
from ui.chat.report_view.report_view import report_view


async def test_a_report_is_one_message_with_its_element(tmp_path: Path) -> None:
    """The words go to search and copying, the element draws them; it needs nothing but what it carries."""
    app = ReadingApp(rows=[owned(reports.disputed())])
    async with watching(tmp_path, app, seated(ANN)) as (screen, _chat):
        await present(app, reports.disputed()["run_id"], reports.disputed())
    (message,) = screen.messages
    (element,) = screen.elements
    assert message["output"] == plain_form(reports.disputed())
    assert element["name"] == "Report"
    assert element["props"] == report_view(reports.disputed(), ["What is Xylotron?"])
    assert element["forId"] == message["id"]
