"""The paper of a report says what its page says."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from graph.untrusted import Untrusted
from tests.ui.report.exports.reports import TEXTS, disputed, said_by
from ui.report.exports.pdf_document import report_pdf
from ui.report.exports.pdf_paper import LACKING


def read(data: bytes) -> tuple[PdfReader, str]:
    reader = PdfReader(BytesIO(data))
    return reader, " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_the_paper_holds_what_a_reader_needs() -> None:
    """Answer, claims, disputes, quotes, gaps, cost and how to check can be read back; pages are numbered."""
    reader, text = read(report_pdf(disputed(), TEXTS))
    for words in (
        "Which plant opened first?",
        "The Alpha plant opened in 1971. [1]",
        "Contradicted, confidence 90% [3]",
        "disagrees with",
        "It stands in Évora and employs 240 people",
        "Resting on one source: claim c1 rests on one source",
        "documents.search $0.00",
        "attest verify .",
        f"1 of {len(reader.pages)}",
    ):
        assert words in text
    assert reader.metadata is not None
    assert reader.metadata.title == "Which plant opened first?"


def test_the_paper_can_be_walked() -> None:
    """The outline names the sections and citations, and each number leads to its citation."""
    reader, _ = read(report_pdf(disputed(), TEXTS))
    names = [entry.title for entry in reader.outline if not isinstance(entry, list)]
    assert names[:4] == ["Answer", "Where the sources disagree", "Claims", "Citations"]
    inner = [entry for entry in reader.outline if isinstance(entry, list)]
    assert [entry.title for entry in inner[0] if not isinstance(entry, list)] == [
        "[1] alpha",
        "[2] alpha",
        "[3] beta",
    ]
    links = [note.get_object() for page in reader.pages for note in page.get("/Annots", [])]
    assert sum("/Dest" in link for link in links) >= 6
    assert [link["/A"]["/URI"] for link in links if "/A" in link] == ["https://beta.example/history"]


def test_the_same_report_is_the_same_bytes() -> None:
    """Nothing of the moment or the machine is in the file."""
    assert report_pdf(disputed(), TEXTS) == report_pdf(disputed(), TEXTS)


@pytest.mark.parametrize(
    "words", ["中文 한국어", "שלום مرحبا", "👩‍👩‍👧", "x" * 3_000, "", " \n\t", "\x00\ud800\u202e", "a\u0301"]
)
def test_no_text_breaks_or_vanishes(words: str) -> None:
    """What the font lacks stands as a sign, and a line says how often."""
    report, texts = said_by(words)
    _, text = read(report_pdf(report, texts))
    lacking = any(ord(c) > 0x2FFF or "\u0590" < c < "\u0700" for c in words)
    assert (LACKING in text) >= lacking
    assert ("the font of this file lacks" in text) >= lacking


def test_a_report_the_font_can_show_has_no_such_line() -> None:
    """Greek and Cyrillic are shown as they are."""
    report, _ = disputed(), None
    report["question"] = "Что значит λόγος?"
    _, text = read(report_pdf(report, dict.fromkeys(TEXTS, Untrusted(""))))
    assert "Что значит λόγος?" in text
    assert "lacks" not in text
