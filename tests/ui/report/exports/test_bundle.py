"""The archive of a report proves itself."""

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

from tests.ui.report import examples
from tests.ui.report.exports.reports import TEXTS, disputed
from ui.report.exports.bundle import report_zip
from ui.report.exports.html_page import report_html
from ui.report.verify_report import verify_folder


def unpacked(folder: Path) -> Path:
    report = disputed()
    with zipfile.ZipFile(BytesIO(report_zip(report, examples.proof(report)))) as archive:
        archive.extractall(folder)
    return folder


def sealed() -> dict[str, Any]:
    report = disputed()
    examples.chain(report)
    return report


def test_an_unpacked_archive_verifies(tmp_path: Path) -> None:
    """What was packed is a published folder with the page beside it; a changed source is found."""
    folder = unpacked(tmp_path / "r")
    assert verify_folder(folder).findings == ()
    assert (folder / "report.html").read_text(encoding="utf-8") == report_html(sealed(), TEXTS)
    assert {path.name for path in folder.iterdir()} == {
        "report.json",
        "report.md",
        "report.html",
        "audit.jsonl",
        "sources",
    }
    spoiled = next((folder / "sources").iterdir())
    spoiled.write_text("spoiled")
    assert [found.kind for found in verify_folder(folder).findings][:1] == ["changed_source"]


def test_the_same_report_is_the_same_archive() -> None:
    """Nothing of the moment or the machine is packed."""
    one, other = (report_zip(report, examples.proof(report)) for report in (disputed(), disputed()))
    assert one == other
