"""A page names its form, and no form is written in two ways."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.ui.report import examples
from tests.ui.report.exports.reports import TEXTS, disputed
from ui.report.exports.html_page import FORM as HTML_FORM
from ui.report.exports.html_page import report_html
from ui.report.publish import publish
from ui.report.report_markdown import FORM, report_markdown
from ui.report.verify_report import verify_folder

WRITTEN = {
    ("report.md", 2): "94ed5914b2c3b6928f2b98fd22afe9cab03bb7d6e4af3cb31ffe13039e2bf8fe",
    ("report.html", 2): "c781a836314ab5b1abe8b09d4880498829f5141b47b75c1ae95eb25b51831adb",
    ("report.md", 3): "052d80e31119328d4346769979c03a36f1fedbfc6d3fe1012947c533c397274d",
    ("report.html", 3): "7798e799c2b5fd974639a3e1a5ba764d925e3584219ea5840214b64992feae82",
    ("report.md", 4): "078e4c4d895a4f8df578d8aaac032da6e10cc12c055b7f1f85cb7687d1400638",
    ("report.html", 4): "b155b2b8d9a4bc31f6ec56ed6517a2ad86d1ba9685b580bc30b4230f1c6b4d00",
}
"""The sha256 of the example in each form that was ever released: add a line, change none."""


def test_a_change_of_a_page_raises_its_form() -> None:
    """Reports out there are compared with what is written for their form: the same words for ever."""
    report = disputed()
    pages = {
        ("report.md", FORM): report_markdown(report),
        ("report.html", HTML_FORM): report_html(report, TEXTS),
    }
    made = {form: hashlib.sha256(page.encode()).hexdigest() for form, page in pages.items()}
    assert made == {form: WRITTEN.get(form) for form in made}, (
        "raise FORM beside what was changed, and add it"
    )


@pytest.mark.parametrize(
    "forge",
    [
        lambda page: page.replace("</body>", "<script>alert(1)</script></body>"),
        lambda page: page.replace("1971", "1871"),
        lambda page: page[:0] + "<html>All is well.</html>",
    ],
)
def test_a_forged_html_page_is_found(tmp_path: Path, forge: object) -> None:
    """A script or another year in the page beside the record does not verify."""
    assert callable(forge)
    report = disputed()
    publish(report, examples.proof(report), tmp_path)
    written = report_html(report, TEXTS)
    (tmp_path / "report.html").write_text(written, encoding="utf-8")
    assert verify_folder(tmp_path).findings == ()
    (tmp_path / "report.html").write_text(forge(written), encoding="utf-8")
    assert [each.kind for each in verify_folder(tmp_path).findings] == ["changed_page"]
    (tmp_path / "report.html").write_text(written.replace(f"in form {HTML_FORM}.", "in form 99."), "utf-8")
    found = verify_folder(tmp_path)
    assert found.findings == ()
    assert any("report.html was written by another release" in note for note in found.notes)
