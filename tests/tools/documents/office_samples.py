"""Small documents of every format, made on the spot; each says that the fee of Vik in 2021 is 15 euros."""

from __future__ import annotations

import json
from email.message import EmailMessage
from io import BytesIO

import xlsxwriter
from pptx import Presentation
from pptx.util import Inches

from tests.tools.documents.old_office import msg, xls, xlsb
from tests.tools.documents.samples import docx, pdf, zipped

ROWS = [["Town", "2020", "2021"], ["Aar", "", "9 euros"], ["Vik", "12 euros", "15 euros"]]
SAID = "The fees of the towns, in euros."
_ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{place}:1.0"'
    for name, place in (("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"),
                        ("draw", "drawing"), ("presentation", "presentation"))
)  # fmt: skip
_DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
_ODF_META = f"""<office:document-meta {_ODF} {_DC}
xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0">
<office:meta><dc:title>Fees</dc:title><meta:initial-creator>Ada Berg</meta:initial-creator>
<meta:creation-date>2024-05-06T10:00:00</meta:creation-date></office:meta></office:document-meta>"""
_RAISED = """<office:automatic-styles><style:style style:name="T1">
<style:text-properties style:text-position="super 58%"/></style:style></office:automatic-styles>"""


def xlsx(*, titled: bool = False) -> bytes:
    """Make a workbook of two sheets; the first may have a merged title and a merged cell."""
    stream = BytesIO()
    workbook = xlsxwriter.Workbook(stream)
    sheet = workbook.add_worksheet("Fees")
    first = 2 if titled else 0
    if titled:
        sheet.merge_range("A1:C1", SAID)
        sheet.merge_range("A6:A7", "Orm")
        sheet.write_row("B6", [1, 2.5])
        sheet.write_row("B7", [3, 4])
    for at, row in enumerate(ROWS):
        sheet.write_row(first + at, 0, row)
    workbook.add_worksheet("Depths").write_column("B2", ["Depth (m)", 12, 14])
    workbook.close()
    return stream.getvalue()


def pptx() -> bytes:
    """Make two slides: points, and a table with notes."""
    deck = Presentation()
    points = deck.slides.add_slide(deck.slide_layouts[1])
    points.shapes.title.text = "Limits"
    frame = points.placeholders[1].text_frame
    frame.text = "Two files"
    below = frame.add_paragraph()
    below.text, below.level = "of one kind", 1
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "Fees"
    table = slide.shapes.add_table(3, 3, 0, 0, Inches(4), Inches(2)).table
    for at, row in enumerate(ROWS):
        for column, words in enumerate(row):
            table.cell(at, column).text = words
    slide.notes_slide.notes_text_frame.text = "Say it slowly."
    deck.core_properties.title, deck.core_properties.author = "Fees", "Ada Berg"
    stream = BytesIO()
    deck.save(stream)
    return stream.getvalue()


def _cells(row: list[str]) -> str:
    return "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row)


def odt() -> bytes:
    """Make a text with a heading, a raised word, a list and a table."""
    rows = "".join(f"<table:table-row>{_cells(row)}</table:table-row>" for row in ROWS[1:])
    body = f"""<text:h text:outline-level="1">Fees</text:h>
<text:p>It holds 10<text:span text:style-name="T1">6</text:span> cells.</text:p>
<text:list><text:list-item><text:p>one</text:p></text:list-item></text:list><text:p>{SAID}</text:p>
<table:table><table:table-header-rows><table:table-row>{_cells(ROWS[0])}</table:table-row>
</table:table-header-rows>{rows}</table:table>"""
    return _packed("text", body)


def odp() -> bytes:
    """Make a presentation of one slide."""
    box = "<draw:frame{}><draw:text-box><text:p>{}</text:p></draw:text-box></draw:frame>"
    title = box.format(' presentation:class="title"', "Fees")
    words = box.format("", "The fee of Vik in 2021 is 15 euros.")
    return _packed("presentation", f"<draw:page>{title}{words}</draw:page>")


def ods() -> bytes:
    """Make a workbook of one sheet."""
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rows = "".join(f"<table:table-row>{''.join(map(cell.format, row))}</table:table-row>" for row in ROWS)
    return _packed("spreadsheet", f'<table:table table:name="Fees">{rows}</table:table>')


def _packed(kind: str, body: str) -> bytes:
    content = f"<office:document-content {_ODF}>{_RAISED}<office:body><office:{kind}>{body}</office:{kind}>"
    ended = f"{content}</office:body></office:document-content>"
    named = f"application/vnd.oasis.opendocument.{kind}".encode()
    listed = b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    parts = {"mimetype": named, "content.xml": ended.encode(), "meta.xml": _ODF_META.encode()}
    return zipped({**parts, "META-INF/manifest.xml": listed})


def epub() -> bytes:
    """Make a book of one chapter."""
    container = '<container><rootfiles><rootfile full-path="O/c.opf"/></rootfiles></container>'
    package = f"""<package {_DC}><metadata><dc:title>Fees</dc:title><dc:creator>Ada Berg</dc:creator>
<dc:date>2024-05-06</dc:date><dc:language>en</dc:language></metadata>
<manifest><item id="a" href="a%20b.xhtml"/></manifest><spine><itemref idref="a"/></spine></package>"""
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in ROWS)
    page = f"<html><body><h1>Fees</h1><p>{SAID}</p><table>{rows}</table></body></html>"
    return zipped(
        {
            "META-INF/container.xml": container.encode(),
            "O/c.opf": package.encode(),
            "O/a b.xhtml": page.encode(),
        }
    )


def eml() -> bytes:
    """Make a mail with a table and a picture attached."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "Ada <ada@example.org>", "bo@example.org", "Fees"
    mail["Date"] = "Mon, 06 May 2024 10:00:00 +0000"
    mail.set_content("The fees are attached.\n")
    mail.add_attachment(delimited(), maintype="text", subtype="csv", filename="fees.csv")
    mail.add_attachment(b"\x00\x01" * 300, maintype="image", subtype="png", filename="p.png")
    return bytes(mail)


def delimited(mark: str = ",") -> bytes:
    """Write the table as delimited text."""
    return "\n".join(mark.join(row) for row in ROWS).encode()


RTF = rb"""{\rtf1\ansi{\info{\title Fees}{\author Ada Berg}{\creatim\yr2024\mo5\dy6}}
{\b It} holds 10{\super 6} cells at {\strike 12} 15 euros.\par
\trowd\cellx1000\cellx2000 Town\cell 2021\cell\row
\trowd\cellx1000\cellx2000 Vik\cell 15 euros\cell\row
\pard After.\par}"""
RST = """Fees
====

The fees, see :ref:`all of them <fees>`:

1. one
2. two

.. versionadded:: 3.2
   It is new.

.. csv-table:: Fees of the towns
   :header: "Town", "2021"

   "Vik", "15 euros"

Powers
------

It holds 10\\ :sup:`6` cells.

.. code-block:: sh

   run
"""
ASCIIDOC = """= Fees
Ada Berg <ada@example.org>
:toc:

== Towns

The fees are:

* one
** below

.Fees of the towns
|===
|Town |2021
|Vik |15 euros
|===

----
run
----
"""
JATS = """<article><front><article-meta><title-group><article-title>Fees</article-title></title-group>
<contrib-group><contrib><name><surname>Berg</surname><given-names>Ada</given-names></name></contrib>
</contrib-group>
<pub-date><day>6</day><month>5</month><year>2024</year></pub-date></article-meta></front><body><sec>
<title>Towns</title><p>It holds 10<sup>6</sup> cells.</p><table-wrap><label>Table 1</label><table><thead><tr>
<th>Town</th><th>2021</th></tr></thead><tbody><tr><td>Vik</td><td>15 euros</td></tr></tbody></table>
</table-wrap></sec>
</body><back><ref-list><title>References</title><ref>B. Writer 2012</ref></ref-list></back></article>"""
DOCBOOK = """<article xmlns="http://docbook.org/ns/docbook"><info><title>Fees</title></info><section>
<title>Towns</title><para>There are two:</para><orderedlist><listitem><para>one</para></listitem>
</orderedlist><programlisting>run</programlisting></section></article>"""
JSON = json.dumps({"title": "Fees", "towns": {"Vik": {"2020": 12, "2021": "15 euros"}}, "tags": ["a", "b"]})
JSONL = '{"town": "Aar", "fee": {"2021": 9}}\n{"town": "Vik", "fee": {"2021": "15 euros"}}\n'
NOTEBOOK = json.dumps({
    "cells": [
        {"cell_type": "markdown", "source": ["# Fees\n", "The fee of Vik in 2021 is 15 euros."]},
        {"cell_type": "code", "source": "1 + 1", "outputs": [{"data": {"text/plain": ["2"]}}]},
    ]
})  # fmt: skip
_TABLE = "\n".join(f"| {' | '.join(row)} |" for row in (ROWS[0], ["---"] * 3, *ROWS[1:]))
MARKDOWN = f"# Fees\n\n{SAID}\n\n{_TABLE}\n"
_ROWS = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in ROWS)
HTML = f"<html><title>Fees</title><body><h1>Fees</h1><p>{SAID}</p><table>{_ROWS}</table></body></html>"

SAMPLES: dict[str, bytes] = {
    ".md": MARKDOWN.encode(), ".markdown": MARKDOWN.encode(), ".txt": SAID.encode(), ".text": SAID.encode(),
    ".csv": delimited(), ".tsv": delimited("\t"), ".html": HTML.encode(), ".htm": HTML.encode(),
    ".xhtml": HTML.encode(), ".pdf": pdf(SAID), ".docx": docx(SAID, ROWS), ".rst": RST.encode(),
    ".rest": RST.encode(), ".adoc": ASCIIDOC.encode(), ".asciidoc": ASCIIDOC.encode(), ".xlsx": xlsx(),
    ".xlsm": xlsx(), ".pptx": pptx(), ".odt": odt(), ".odp": odp(), ".epub": epub(), ".rtf": RTF,
    ".eml": eml(), ".ipynb": NOTEBOOK.encode(), ".json": JSON.encode(), ".jsonl": JSONL.encode(),
    ".ndjson": JSONL.encode(),
    ".xls": xls(ROWS), ".xlsb": xlsb(ROWS), ".ods": ods(),
    ".msg": msg("Fees", "Ada Berg", "ada@example.org", "The fee of Vik in 2021 is 15 euros."),
    ".xml": JATS.encode(), ".zip": zipped({"d/fees.csv": delimited()}),
}  # fmt: skip
