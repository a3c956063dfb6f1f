"""Write the same few facts into a document of each format, for measuring what of it is found again."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.message import EmailMessage
from html import escape
from io import BytesIO
from zipfile import ZipFile

import xlsxwriter
from docx import Document
from fpdf import FPDF
from pptx import Presentation
from pptx.presentation import Presentation as Deck
from pptx.util import Inches

TITLE = "Handbook of the Vik pumps"
WRITTEN = datetime(2021, 5, 6, 12, tzinfo=UTC)
DATED = (".md", ".html", ".docx", ".pdf", ".odt", ".epub", ".pptx", ".eml")
"""The formats that say by themselves when they were written, and what they are called."""
LEAD = "There are three causes of a stop:"
CAUSES = ("sand in the valve", "a worn seal", "frost in the pipe")
MODELS = {"Model A": "12 bar", "Model B": "16 bar", "Model C": "25 bar"}
CAPTION = "Pumps sold by country, in thousands"
ROWS = (
    ("Country", "2019", "2020", "2021"),
    ("Germany", "41.7", "43.2", "44.9"),
    ("France", "31.6", "", "33.8"),
    ("Norway", "7.3", "7.9", "8.4"),
)
_DAY = WRITTEN.date().isoformat()
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_META = "urn:oasis:names:tc:opendocument:xmlns:meta:1.0"
_DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"


def made() -> Mapping[str, bytes]:
    """Return a document of each format by its suffix."""
    return {
        ".md": f"---\ntitle: {TITLE}\ndate: {_DAY}\n---\n\n{_markdown()}".encode(),
        ".html": _html().encode(),
        ".rst": _restructured().encode(),
        ".adoc": _asciidoc().encode(),
        ".docx": _docx(),
        ".pdf": _pdf(),
        ".odt": _odt(),
        ".epub": _epub(),
        ".pptx": _pptx(),
        ".eml": _mail(),
        ".ipynb": json.dumps({"cells": [{"cell_type": "markdown", "source": _markdown()}]}).encode(),
        ".zip": _zipped({"pumps.md": _markdown().encode()}),
        **tables(),
    }


def tables() -> Mapping[str, bytes]:
    """Return the documents that hold the table alone."""
    header, *rows = ROWS
    records = [{"Sold": CAPTION, **dict(zip(header, row, strict=True))} for row in rows]
    titled = (CAPTION.replace(",", ""), *("" for _ in header[1:]))
    lines = "\n".join(",".join(row) for row in (titled, *ROWS))
    return {
        ".csv": lines.encode(),
        ".tsv": lines.replace(",", "\t").encode(),
        ".jsonl": "\n".join(map(json.dumps, records)).encode(),
        ".xlsx": _xlsx(),
    }


def _sentence(value: str) -> str:
    return f"The greatest pressure is {value}. It is tested once a year by the works."


def _markdown() -> str:
    sections = "".join(f"## {model}\n\n{_sentence(value)}\n\n" for model, value in MODELS.items())
    rule = "|".join("---" for _ in ROWS[0])
    table = "\n".join(f"| {' | '.join(row)} |" for row in ROWS).replace("\n", f"\n|{rule}|\n", 1)
    causes = "\n".join(f"- {cause}" for cause in CAUSES)
    return f"# {TITLE}\n\n{sections}## Stops\n\n{LEAD}\n\n{causes}\n\n## Sales\n\n{CAPTION}.\n\n{table}\n"


def _html() -> str:
    sections = "".join(f"<h2>{model}</h2><p>{_sentence(value)}</p>" for model, value in MODELS.items())
    causes = "".join(f"<li>{cause}</li>" for cause in CAUSES)
    rows = "".join(
        f"<tr>{''.join(f'<{tag}>{escape(cell)}</{tag}>' for cell in row)}</tr>"
        for row, tag in zip(ROWS, ("th", "td", "td", "td"), strict=True)
    )
    return (
        f"<html><head><title>{TITLE}</title>"
        f"<meta property='article:published_time' content='{_DAY}'></head><body>"
        f"<nav><a href='/'>Home</a></nav>"
        f"<article><h1>{TITLE}</h1>"
        f"{sections}<h2>Stops</h2><p>{LEAD}</p><ul>{causes}</ul><h2>Sales</h2>"
        f"<table><caption>{CAPTION}</caption>{rows}</table></article></body></html>"
    )


def _restructured() -> str:
    sections = "".join(f"{m}\n{'-' * len(m)}\n\n{_sentence(value)}\n\n" for m, value in MODELS.items())
    causes = "\n".join(f"* {cause}" for cause in CAUSES)
    header, *rows = (", ".join(f'"{cell}"' for cell in row) for row in ROWS)
    table = f".. csv-table:: {CAPTION}\n   :header: {header}\n\n" + "\n".join(f"   {row}" for row in rows)
    ruled = "=" * len(TITLE)
    stops = f"Stops\n-----\n\n{LEAD}\n\n{causes}"
    return f"{ruled}\n{TITLE}\n{ruled}\n\n{sections}{stops}\n\nSales\n-----\n\n{table}\n"


def _asciidoc() -> str:
    sections = "".join(f"== {model}\n\n{_sentence(value)}\n\n" for model, value in MODELS.items())
    causes = "\n".join(f"* {cause}" for cause in CAUSES)
    table = "\n".join("".join(f"|{cell} " for cell in row) for row in ROWS)
    stops = f"== Stops\n\n{LEAD}\n\n{causes}"
    return f"= {TITLE}\n\n{sections}{stops}\n\n== Sales\n\n.{CAPTION}\n|===\n{table}\n|===\n"


def _docx() -> bytes:
    document = Document()
    document.core_properties.title, document.core_properties.created = TITLE, WRITTEN
    document.add_heading(TITLE, 1)
    for model, value in MODELS.items():
        document.add_heading(model, 2)
        document.add_paragraph(_sentence(value))
    document.add_heading("Stops", 2)
    document.add_paragraph(LEAD)
    for cause in CAUSES:
        document.add_paragraph(cause, style="List Bullet")
    document.add_heading("Sales", 2)
    document.add_paragraph(f"{CAPTION}.")
    table = document.add_table(rows=0, cols=len(ROWS[0]))
    for row in ROWS:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    return _saved(document)


def _pdf() -> bytes:
    document = FPDF()
    document.set_title(TITLE)
    document.set_creation_date(WRITTEN)
    document.add_page()
    for words, size in _lines():
        document.set_font("Helvetica", "B" if size > 11 else "", size)  # noqa: PLR2004 - the size of the text
        document.multi_cell(0, size * 0.6, words, align="L", new_x="LMARGIN", new_y="NEXT")
        document.ln(3)
    document.set_font("Helvetica", size=11)
    with document.table() as table:
        for row in ROWS:
            table.row(row)
    return bytes(document.output())


def _lines() -> Sequence[tuple[str, int]]:
    """Return the paragraphs with the size of their letters in points."""
    models = [line for model, value in MODELS.items() for line in ((model, 14), (_sentence(value), 11))]
    causes = [(f"- {cause}", 11) for cause in CAUSES]
    return [(TITLE, 18), *models, ("Stops", 14), (LEAD, 11), *causes, ("Sales", 14), (f"{CAPTION}.", 11)]


def _odt() -> bytes:
    models = "".join(_titled(model, _sentence(value)) for model, value in MODELS.items())
    causes = "".join(f"<text:list-item><text:p>{cause}</text:p></text:list-item>" for cause in CAUSES)
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    rows = "".join(f"<table:table-row>{''.join(map(cell.format, row))}</table:table-row>" for row in ROWS)
    body = (
        f'<text:h text:outline-level="1">{TITLE}</text:h>{models}{_titled("Stops", LEAD)}'
        f"<text:list>{causes}</text:list>{_titled('Sales', CAPTION)}<table:table>{rows}</table:table>"
    )
    names = f'xmlns:office="{_OFFICE}" xmlns:text="{_TEXT}" xmlns:table="{_TABLE}"'
    content = f"<office:document-content {names}><office:body><office:text>{body}</office:text></office:body>"
    facts = (
        f"<dc:title>{TITLE}</dc:title><meta:creation-date>{WRITTEN:%Y-%m-%dT%H:%M:%S}</meta:creation-date>"
    )
    spaces = f'xmlns:office="{_OFFICE}" xmlns:meta="{_META}" xmlns:dc="{_DUBLIN_CORE}"'
    meta = f"<office:document-meta {spaces}><office:meta>{facts}</office:meta></office:document-meta>"
    parts = {"content.xml": f"{content}</office:document-content>", "meta.xml": meta}
    return _zipped({name: part.encode() for name, part in parts.items()})


def _titled(heading: str, words: str) -> str:
    return f'<text:h text:outline-level="2">{heading}</text:h><text:p>{words}</text:p>'


def _epub() -> bytes:
    container = '<container><rootfiles><rootfile full-path="c.opf"/></rootfiles></container>'
    manifest = '<manifest><item id="a" href="a.xhtml"/></manifest>'
    facts = f"<metadata><dc:title>{TITLE}</dc:title><dc:date>{_DAY}</dc:date></metadata>"
    spine = f'{manifest}<spine><itemref idref="a"/></spine>'
    package = f'<package xmlns:dc="{_DUBLIN_CORE}">{facts}{spine}</package>'
    return _zipped(
        {"META-INF/container.xml": container.encode(), "c.opf": package.encode(), "a.xhtml": _html().encode()}
    )


def _pptx() -> bytes:
    deck = Presentation()
    deck.core_properties.title, deck.core_properties.created = TITLE, WRITTEN
    for model, value in MODELS.items():
        _slide(deck, model, [_sentence(value)])
    _slide(deck, "Stops", [LEAD, *CAUSES])
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = CAPTION
    table = slide.shapes.add_table(len(ROWS), len(ROWS[0]), 0, 0, Inches(6), Inches(3)).table
    for at, row in enumerate(ROWS):
        for column, words in enumerate(row):
            table.cell(at, column).text = words
    return _saved(deck)


def _slide(deck: Deck, title: str, lines: Sequence[str]) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = title
    frame = slide.placeholders[1].text_frame
    frame.text = lines[0]
    for line in lines[1:]:
        frame.add_paragraph().text = line


def _xlsx() -> bytes:
    stream = BytesIO()
    workbook = xlsxwriter.Workbook(stream)
    sheet = workbook.add_worksheet("Sales")
    sheet.merge_range(0, 0, 0, len(ROWS[0]) - 1, CAPTION)
    for at, row in enumerate(ROWS, start=1):
        sheet.write_row(at, 0, [float(cell) if cell.replace(".", "").isdigit() else cell for cell in row])
    workbook.close()
    return stream.getvalue()


def _mail() -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "works@example.org", "shop@example.org", TITLE
    mail["Date"] = WRITTEN
    mail.set_content(_html(), subtype="html")
    mail.add_attachment(tables()[".csv"], maintype="text", subtype="csv", filename="sales.csv")
    return bytes(mail)


def _saved(document: object) -> bytes:
    stream = BytesIO()
    document.save(stream)  # type: ignore[attr-defined]  # what python-docx and python-pptx have in common
    return stream.getvalue()


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()
