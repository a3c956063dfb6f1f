"""The formats of a download."""

from __future__ import annotations

from ui.chat.report_view.chat_downloads import FORMATS, file_name


def test_each_format_has_its_own_ending_and_type() -> None:
    """Two downloads of one run never have the same name."""
    names = {file_name("r1", each) for each in FORMATS.values()}
    assert names == {"attest-r1.md", "attest-r1.html", "attest-r1.pdf", "attest-r1.zip"}
    assert len({each.media for each in FORMATS.values()}) == len(FORMATS)
