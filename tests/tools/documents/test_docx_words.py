from __future__ import annotations

import pytest
from docx import Document
from docx.shared import Pt

from tests.tools.documents.samples import saved, unpacked, zipped
from tests.tools.documents.word_markup import W, p, r, read
from tools.documents.formats.table import parse

UP, DOWN = '<w:vertAlign w:val="superscript"/>', '<w:vertAlign w:val="subscript"/>'


def test_docx_hidden_and_deleted_text_is_gone() -> None:
    """What Word does not show is not in the text; inserted text and content controls are."""
    document = Document()
    shown = document.add_paragraph("seen ")
    shown.add_run("SECRET").font.hidden = True
    shown.add_run("big").font.size = Pt(30)
    data = unpacked(saved(document))
    extra = (
        b"<w:p><w:del><w:r><w:delText>SECRET</w:delText></w:r></w:del><w:ins><w:r><w:t>inserted</w:t></w:r></w:ins></w:p>"
        b"<w:sdt><w:sdtContent><w:p><w:r><w:t>controlled</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    extra += b"<w:p><w:moveFrom><w:r><w:t>SECRET</w:t></w:r></w:moveFrom><w:r><w:t>stays</w:t></w:r></w:p>"
    data["word/document.xml"] = data["word/document.xml"].replace(b"<w:sectPr", extra + b"<w:sectPr", 1)
    assert parse(".docx", zipped(data)).text == "seen big\n\ninserted\n\ncontrolled\n\nstays"


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        (("It freed 3·10", r("4", UP), " tonnes."), "It freed 3·10⁴ tonnes."),
        (("It loses 10", r("-", UP), r("3", UP)), "It loses 10⁻³"),
        (("CO", r("2", DOWN), " rises."), "CO₂ rises."),
        (("The fee is ", r("12", "<w:strike/>"), r("15"), " euros."), "The fee is 15 euros."),
        ((r("12", "<w:dstrike/>"), r("15", '<w:strike w:val="0"/>'), " euros."), "15 euros."),
        (("<w:hyperlink>" + r("Channel 12") + "</w:hyperlink>", " answers."), "Channel 12 answers."),
        (("<w:sdt><w:sdtContent>" + r("40 m") + "</w:sdtContent></w:sdt>", " long."), "40 m long."),
        (("<w:del><w:r><w:delText>1</w:delText></w:r></w:del><w:ins>" + r("15") + "</w:ins>",), "15"),
        (('<w:fldSimple w:instr="DATE">' + r("3 May") + "</w:fldSimple>",), "3 May"),
        (("<w:r><w:instrText>PAGE</w:instrText></w:r>", "kept"), "kept"),
    ],
)  # fmt: skip
def test_docx_runs_are_read_as_word_shows_them(runs: tuple[str, ...], text: str) -> None:
    """Powers stay powers, what is struck out or deleted is gone, and links, fields and controls stay."""
    assert read(p(*runs)) == text


def test_docx_styles_strike_out_and_raise_too() -> None:
    """What a style says of its runs holds as if it stood on them."""
    styles = (
        f'<w:styles {W}><w:style w:type="character" w:styleId="Gone"><w:rPr><w:strike/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Up"><w:basedOn w:val="Raised"/></w:style>'
        f'<w:style w:type="character" w:styleId="Raised"><w:rPr>{UP}</w:rPr></w:style>'
        "</w:styles>"
    )
    runs = p("10", r("6", '<w:rStyle w:val="Up"/>'), " cells", r(" or more", '<w:rStyle w:val="Gone"/>'))
    assert read(runs, styles=styles) == "10⁶ cells"


def test_docx_notes_follow_what_they_are_noted_on() -> None:
    """A footnote or endnote stands below its paragraph under its mark, which is no part of a word."""
    foot, end = (f'<w:r><w:{kind}Reference w:id="7"/></w:r>' for kind in ("footnote", "endnote"))
    notes = {
        f"{kind}s": f'<w:{kind}s {W}><w:{kind} w:id="7">{p(text)}</w:{kind}></w:{kind}s>'
        for kind, text in (("footnote", "In winter at 20:00."), ("endnote", "Since 1950."))
    }
    text = read(p("The gate closes at 22:00.", foot, end) + p("The end."), **notes)
    assert text == "The gate closes at 22:00.¹[i]\n\n¹ In winter at 20:00.\n\n[i] Since 1950.\n\nThe end."


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<m:sSup><m:e>{r}</m:e><m:sup>{two}</m:sup></m:sSup>", "r²"),
        ("<m:f><m:num>{r}</m:num><m:den>{two}{r}</m:den></m:f>", "r/2r"),
        ("<m:f><m:num>{r}{plus}{two}</m:num><m:den>{two}</m:den></m:f>", "(r+2)/2"),
        ("<m:rad><m:deg/><m:e>{r}{plus}{two}</m:e></m:rad>", "√(r+2)"),
        ("<m:d><m:e>{r}{plus}{two}</m:e></m:d>", "(r+2)"),
        ('<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub>{r}</m:sub><m:e>{r}</m:e></m:nary>', "∑_r r"),
        ("<m:sSubSup><m:e>{r}</m:e><m:sub>{two}</m:sub><m:sup>{two}</m:sup></m:sSubSup>", "r₂²"),
        ("<m:m><m:mr><m:e>{r}</m:e><m:e>{two}</m:e></m:mr><m:mr><m:e>{two}</m:e></m:mr></m:m>", "r, 2; 2"),
        ("<m:func><m:fName>{r}</m:fName><m:e>{two}</m:e></m:func>", "r 2"),
    ],
)  # fmt: skip
def test_docx_equations_are_text(markup: str, text: str) -> None:
    """An equation is one line in which powers, fractions and limits can still be told apart."""
    names = {
        name: f"<m:r><m:t>{sign}</m:t></m:r>" for name, sign in (("r", "r"), ("two", "2"), ("plus", "+"))
    }
    equation = f"<m:oMath>{markup.format(**names)}</m:oMath>"
    assert read(p("Let ", equation, " be.")) == f"Let {text} be."


def test_docx_boxes_follow_their_paragraph() -> None:
    """The text of a box stands below the paragraph it is anchored in, once."""
    box = f"<w:txbxContent>{p('Closed in May.')}</w:txbxContent>"
    choice = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
        "</mc:AlternateContent>"
    )
    assert read(p("The pier", f"<w:r>{choice}</w:r>", " is long.")) == "The pier is long.\n\nClosed in May."
