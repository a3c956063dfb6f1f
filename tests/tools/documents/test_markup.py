from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.documents.formats.markup import written_as
from tools.documents.parser import Parser

RESTRUCTURED = (
    "======\nPumps\n======\n\nSee :doc:`valves </topics/valves>` for the rest.\n\n"
    "Pressure\n========\n\n.. note::\n\n   The pump holds :term:`four bar <bar>`.\n"
)
MARKDOWN = "# Pumps\n\nSee [valves](valves.md).\n\n## Pressure\n\nThe pump holds **four bar**.\n"
PAGE = "<!DOCTYPE html>\n<html><body><h1>Pumps</h1><p>The pump holds four bar.</p></body></html>\n"
REQUEST = "1. Pumps\n\n   The pump holds four bar.\n\n2.  Valves\n\n   See RFC 9000 [1].\n"
LOG = "# started\n# listening\n12:00 ``ok``\n"
MAIL = "Pumps\n-----\n\nThe pump holds four bar.\n\n-- \nThe workshop\n"


@pytest.mark.parametrize(
    ("text", "suffix"),
    [
        (RESTRUCTURED, ".rst"),
        (MARKDOWN, ".md"),
        (PAGE, ".html"),
        (REQUEST, ".txt"),
        (LOG, ".txt"),
        (MAIL, ".txt"),
        ("", ".txt"),
    ],
)
def test_a_text_is_told_by_its_markup(text: str, suffix: str) -> None:
    """Only a text that is plainly in a markup is taken for one."""
    assert written_as(".txt", text.encode()) == suffix
    assert written_as(".txt", text.replace("\n", "\r\n").encode()) == suffix


def test_a_file_of_another_kind_stays_what_it_is() -> None:
    """A program whose comments are in a markup is no document of that markup."""
    assert written_as(".py", RESTRUCTURED.encode()) == ".py"
    assert written_as(".csv", MARKDOWN.encode()) == ".csv"


@given(data=st.binary(max_size=400))
def test_any_bytes_have_a_suffix(data: bytes) -> None:
    """No bytes break the look at them."""
    assert written_as(".txt", data) in {".txt", ".rst", ".md", ".html"}


@pytest.mark.parametrize("text", [RESTRUCTURED, MARKDOWN, PAGE])
def test_a_text_is_read_by_its_markup(text: str) -> None:
    """A text file in a markup says what it shows, under its headings, and nothing of the markup."""
    parser = Parser(children=1)
    try:
        parsed = parser.parse(".txt", text.encode())
    finally:
        parser.close()
    assert "The pump holds four bar" in parsed.text.replace("**", "")
    assert ":term:" not in parsed.text
    assert "<p>" not in parsed.text
    assert parsed.outline
