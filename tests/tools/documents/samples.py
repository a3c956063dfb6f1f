"""Documents made on the spot."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from docx import Document
from fpdf import FPDF
from pypdf import PdfReader, PdfWriter

DAY = datetime(2024, 3, 7, tzinfo=UTC)
HANG = b"%PDF-1.7 hang"
HOG = b"%PDF-1.7 hog"
CRASH = b"%PDF-1.7 crash"


def pdf(*pages: str, title: str = "", width: float = 0) -> bytes:
    """Print each text on a page of its own, wrapped to a width in millimetres (0: the whole page)."""
    document = FPDF()
    document.set_creation_date(DAY)
    document.set_font("Helvetica", size=11)
    if title:
        document.set_title(title)
    for page in pages:
        document.add_page()
        document.multi_cell(width, 6, page, align="L")
    return bytes(document.output())


def encrypted(data: bytes, password: str) -> bytes:
    """Lock a PDF."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(data)))
    writer.encrypt(password, algorithm="AES-256")
    return written(writer)


def written(writer: PdfWriter) -> bytes:
    """Return the bytes of a PDF."""
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def docx(*blocks: str | Sequence[Sequence[str]], title: str = "", heading: str = "") -> bytes:
    """Write paragraphs and tables one below the other."""
    document = Document()
    document.core_properties.title = title
    if heading:
        document.add_heading(heading)
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        table = document.add_table(rows=0, cols=len(block[0]))
        for row in block:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    return saved(document)


def saved(document: object) -> bytes:
    """Return the bytes of a Word document."""
    stream = BytesIO()
    document.save(stream)  # type: ignore[attr-defined]
    return stream.getvalue()


def zipped(parts: dict[str, bytes]) -> bytes:
    """Pack parts into a zip; the one that names its kind lies in it as it is, as the standard wants it."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data, ZIP_STORED if name == "mimetype" else ZIP_DEFLATED)
    return stream.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    """Return the parts of a zip."""
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
