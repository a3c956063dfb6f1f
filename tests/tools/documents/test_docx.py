from __future__ import annotations

import re
from datetime import datetime

import pytest
from docx import Document

from graph.errors import Unusable
from graph.untrusted import Untrusted
from tests.tools.documents.samples import docx, saved, unpacked, zipped
from tests.tools.documents.word_markup import W, body, cell, listed, p, r, read, table
from tools.documents.formats.table import parse


def test_docx_in_document_order() -> None:
    """Headings, paragraphs and tables come one below the other, a table row to a line."""
    parsed = parse(
        ".docx", docx("before", [["Name", "Limit"], ["Tern", "200"]], "after", heading="The audit log")
    )
    assert parsed.text == "# The audit log\n\nbefore\n\nName: Tern; Limit: 200\n\nafter"
    assert (parsed.title, parsed.published) == ("The audit log", None)
    assert parse(".docx", docx("x", title="Named")).title == "Named"


def test_docx_entities_do_not_unfold() -> None:
    """Entities in the XML of a document bring in no file and no billion laughs."""
    data = unpacked(docx("plain words"))
    body = data["word/document.xml"].replace(b"plain words", b"plain &a; &b; words")
    laughs = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 12))
    kinds = (
        b'<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY l0 "ha">'
        + laughs
        + b'<!ENTITY b "&l11;">]>'
    )
    data["word/document.xml"] = body.replace(b"?>", b"?>" + kinds, 1)
    try:
        text = parse(".docx", zipped(data)).text
    except Unusable:
        return
    assert "root:" not in text
    assert len(text) < 100


def test_docx_bombs_are_refused_unopened() -> None:
    """A document that unpacks to hundreds of megabytes is refused by its table of contents."""
    data = unpacked(docx("x")) | {"word/bomb.xml": b"\x00" * (257 << 20)}
    bomb = zipped(data)
    assert len(bomb) < 1 << 20
    with pytest.raises(Unusable, match="unpacks to more than"):
        parse(".docx", bomb)


def test_docx_headers_and_footers_come_once() -> None:
    """A header stands at the top once; a footer that does nothing but count the pages is left out."""
    header = f"<w:hdr {W}>{p('Contract 4711')}</w:hdr>"
    footer = f"<w:ftr {W}>{p('Page 1 of 3')}</w:ftr>"
    assert (
        read(p("The price is 5 euros."), header=header, footer=footer)
        == "Contract 4711\n\nThe price is 5 euros."
    )


LEVEL = '<w:lvl w:ilvl="{}"><w:start w:val="{}"/><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/></w:lvl>'
NUMBERING = (
    f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">'
    + LEVEL.format(0, 1, "decimal", "%1.")
    + LEVEL.format(1, 1, "lowerLetter", "%1.%2)")
    + '</w:abstractNum><w:abstractNum w:abstractNumId="1">'
    + LEVEL.format(0, 4, "upperRoman", "%1")
    + LEVEL.format(1, 1, "bullet", "o")
    + '</w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
)


def test_docx_lists_have_the_numbers_that_word_shows() -> None:
    """Items are counted by list and depth, in the format and from the start that the list says."""
    items = ((3, 0), (3, 1), (3, 1), (3, 0), (3, 1), (4, 0), (4, 1))
    markup = "".join(p(f"at {at}", style=listed(*item)) for at, item in enumerate(items))
    assert read(markup, numbering=NUMBERING).split("\n") == [
        "1. at 0", "  1.a) at 1", "  1.b) at 2", "2. at 3", "  2.a) at 4", "IV at 5", "  - at 6",
    ]  # fmt: skip


def test_docx_tables_keep_their_columns() -> None:
    """Empty cells shift nothing, and merged cells say in each row and column what they span."""
    merged, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    text = read(
        table(
            cell("Port") + cell("Ships") + cell("Fee"),
            cell("Vik", merged) + cell("") + cell("15 euros"),
            cell("", on) + cell("free on Sunday", '<w:gridSpan w:val="2"/>'),
        )
    )
    assert text == "Port: Vik; Ships:; Fee: 15 euros\nPort: Vik; Ships: free on Sunday; Fee: free on Sunday"


def test_docx_tables_that_arrange_a_page_are_read_as_the_page() -> None:
    """A frame around paragraphs gives the paragraphs."""
    assert read(table(f"<w:tc>{p('One.')}{p('Two.')}</w:tc>")) == "One.\n\nTwo."


def test_docx_headings_are_sections() -> None:
    """A heading is told by its style, by what that is based on, or by its own level."""
    document = Document()
    for text, level in (("Harbours", 1), ("Vik", 2)):
        document.add_heading(text, level)
    document.add_paragraph("It is deep.")
    parsed = parse(".docx", saved(document))
    assert parsed.text == "# Harbours\n\n## Vik\n\nIt is deep."
    assert parsed.outline[-1].place.section == (Untrusted("Harbours"), Untrusted("Vik"))
    own = p("Depths", style='<w:pPr><w:outlineLvl w:val="2"/></w:pPr>')
    assert read(own + p("x")) == "### Depths\n\nx"


def test_docx_strict_documents_are_read() -> None:
    """A strict document differs in the names of its markup alone."""
    parts = unpacked(body(p("10", r("6", '<w:vertAlign w:val="superscript"/>'), " cells")))
    for name, data in parts.items():
        parts[name] = re.sub(
            rb"http://schemas\.openxmlformats\.org/(officeDocument|wordprocessingml)/2006/(?!custom|extended)",
            rb"http://purl.oclc.org/ooxml/\1/",
            data,
        )
    assert parse(".docx", zipped(parts)).text == "10⁶ cells"


def test_docx_metadata_gives_title_author_and_day() -> None:
    """What the properties say is known; what the program made up is not."""
    document = Document()
    document.add_paragraph("Some words.")
    parsed = parse(".docx", saved(document))
    assert (parsed.title, parsed.author, parsed.published) == (None, None, None)
    said = document.core_properties
    said.title, said.author, said.created = "Harbour survey", "Harbour Office", datetime(2021, 3, 4)  # noqa: DTZ001
    parsed = parse(".docx", saved(document))
    assert (parsed.title, parsed.author, parsed.published) == (
        "Harbour survey",
        "Harbour Office",
        "2021-03-04",
    )


@pytest.mark.parametrize(
    ("stream", "reason"), [("EncryptedPackage", "needs a password"), ("WordDocument", "old Word")]
)
def test_docx_that_are_none_say_what_they_are(stream: str, reason: str) -> None:
    """A locked document and an old one are named as such."""
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le")
    with pytest.raises(Unusable, match=reason):
        parse(".docx", data)
