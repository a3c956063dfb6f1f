# ruff: noqa: RUF001 - the sign between headings is meant

from __future__ import annotations

from tests.ui.report.exports.reports import TEXTS, disputed
from ui.chat.report_view.source_view import source_view
from ui.report.cited_place import cited_place
from ui.report.exports.cited_passages import passages
from ui.report.exports.html_page import report_html
from ui.report.report_markdown import report_markdown

PLACE = {"page": 3, "section": ["Limits", "Calls\n[x](y)"], "row": 7}
SAID = "page 3, row 7, Limits › Calls x"


def test_every_form_says_where_a_quote_stands() -> None:
    """Page, row and headings of a citation are shown wherever the citation is, as plain words."""
    report = disputed()
    report["claims"][0]["citations"][0]["place"] = PLACE
    cited = report["claims"][0]["citations"][0]
    assert passages(report, TEXTS)[0].place == SAID
    assert SAID in report_html(report, TEXTS)
    assert SAID in report_markdown(report)
    assert source_view(report, 1, TEXTS[cited["source"]])["stands"] == SAID


def test_a_place_is_told_as_far_as_it_is_known() -> None:
    """Sheets and slides are named, and nothing is said of a text without a place."""
    assert cited_place({"place": {"sheet": "Plan", "row": 2}}) == "sheet Plan, row 2"
    assert cited_place({"place": {"slide": 4}}) == "slide 4"
    assert cited_place({}) == ""
