"""PDFs made on the spot, line by line."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import as_file, files
from io import BytesIO

from fpdf import FPDF
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from tests.tools.documents.samples import DAY, written
from tools.documents.formats.pdf_line import PdfLine, Rectangle


class Paper(FPDF):
    """Print what a test needs, with nothing that says when it was made unless the test does."""

    def __init__(self) -> None:
        super().__init__()
        self.set_creation_date(DAY)
        self.set_font("Helvetica", size=11)
        self.add_page()

    def lines(self, *lines: str, left: float = 20, top: float = 30, step: float = 6) -> Paper:
        """Print lines one below the other from a corner, in millimetres."""
        for at, line in enumerate(lines):
            self.text(left, top + step * at, line)
        return self

    def raised(self, *pieces: str, left: float = 20, top: float = 30) -> Paper:
        """Print pieces one behind the other: `^6` raised, `_2` lowered, all else on the line."""
        self.set_xy(left, top)
        for piece in pieces:
            self.char_vpos = {"^": "SUP", "_": "SUB"}.get(piece[0], "LINE")
            self.write(6, piece.lstrip("^_"))
        self.char_vpos = "LINE"
        return self

    def ruled(self, *rows: Sequence[str], top: float = 60, width: float = 35) -> Paper:
        """Print a table with lines around its cells."""
        for at, row in enumerate(rows):
            self.set_xy(20, top + 8 * at)
            for cell in row:
                self.cell(width, 8, cell, border=1)
        return self

    def aligned(
        self, *rows: Sequence[str], top: float = 60, step: float = 6, at: Sequence[float] = (20, 95, 130)
    ) -> Paper:
        """Print a table without lines, its columns at some points from the left edge."""
        for number, row in enumerate(rows):
            for left, cell in zip(at, row, strict=False):
                self.text(left, top + step * number, cell)
        return self

    def scanned(self) -> Paper:
        """Add a page that is nothing but an image."""
        self.add_page()
        self.image(Image.new("L", (200, 200), 128), 20, 20, 100, 100)
        return self

    def bytes(self) -> bytes:
        """Return the file."""
        return bytes(self.output())


def filled_in(**fields: str) -> bytes:
    """Return a form with text fields that were filled in."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(Paper().lines("Registration").bytes())))
    kids = [writer._add_object(_field(name, value)) for name, value in fields.items()]
    writer.pages[0][NameObject("/Annots")] = ArrayObject(kids)
    form = DictionaryObject({NameObject("/Fields"): ArrayObject(kids)})
    writer._root_object[NameObject("/AcroForm")] = writer._add_object(form)
    return written(writer)


def _field(name: str, value: str) -> DictionaryObject:
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/FT"): NameObject("/Tx"),
            NameObject("/T"): TextStringObject(name),
            NameObject("/V"): TextStringObject(value),
            NameObject("/Rect"): ArrayObject(map(NumberObject, (100, 600, 300, 620))),
        }
    )


def adobe_form(note: str) -> bytes:
    """Return a form (XFA) whose page holds nothing but a note."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(Paper().lines(note).bytes())))
    packet = StreamObject()
    packet.set_data(b"<template/>")
    parts = ArrayObject([TextStringObject("template"), writer._add_object(packet)])
    form = DictionaryObject({NameObject("/Fields"): ArrayObject(), NameObject("/XFA"): parts})
    writer._root_object[NameObject("/AcroForm")] = writer._add_object(form)
    writer._root_object[NameObject("/NeedsRendering")] = BooleanObject(True)
    return written(writer)


def without_letters(page: int) -> bytes:
    """Return two pages, one of them in a font that does not say which letters it draws."""
    paper = Paper().lines("The first page is read.")
    with as_file(files("fontpkg_fira_sans") / "files" / "FiraSans-Regular.ttf") as path:
        paper.add_font("fira", "", path)
    paper.add_page()
    paper.set_font("fira", size=11)
    writer = PdfWriter(clone_from=PdfReader(BytesIO(paper.lines("The second page is not.").bytes())))
    for font in writer.pages[page - 1]["/Resources"]["/Font"].values():  # type: ignore[index]
        font.get_object().pop("/ToUnicode", None)
    return written(writer)


def as_lines(text: str) -> list[PdfLine]:
    """Set the lines of a text as those of a page, one below the other."""
    return [
        PdfLine(text=line, box=Rectangle(0.0, -14.0 * row, 6.0 * len(line), 12 - 14.0 * row), page=1)
        for row, line in enumerate(text.split("\n"))
        if line.strip()
    ]
