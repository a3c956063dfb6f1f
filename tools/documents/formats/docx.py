"""Word documents."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from lxml.etree import _Element  # type: ignore[import-untyped]

from graph.errors import Unusable
from tools.documents.overtime import OUT_OF_TIME, gathered
from tools.documents.parsed import Parsed

_MOST_UNPACKED = 256 * 1024 * 1024
_MOST_PARTS = 10_000
_PARAGRAPH, _RUN, _ROW, _CELL, _TABLE = (qn(f"w:{tag}") for tag in ("p", "r", "tr", "tc", "tbl"))
_TEXT = qn("w:t")
_BREAKS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_PROPERTIES, _VANISH, _VALUE = qn("w:rPr"), qn("w:vanish"), qn("w:val")
_HEADINGS = ("Title", "Heading")
# python-docx makes up this one for a file that has no properties.
_PLACEHOLDER = "Word Document"
_OFF = ("0", "false", "off")
# Fallback repeats a drawing's text for old readers; deleted and moved text is no longer part of the document.
_UNSEEN = {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    qn("w:del"),
    qn("w:moveFrom"),
}


def parse(data: bytes) -> Parsed:
    """Take paragraphs and tables in order, a table row to a line; raises Unusable on a bomb or a stranger."""
    _check(data)
    document = Document(BytesIO(data))
    blocks, late = gathered(text for text in _blocks(document.element.body) if text.strip())
    missing = f"{OUT_OF_TIME} after {len(blocks)} paragraphs and tables" if late else ""
    title = None if late else _title(document)
    return Parsed(text="\n\n".join(blocks), title=title, missing=missing, late=late)


def _check(data: bytes) -> None:
    """Refuse what is no zip, or unpacks to more than a document does."""
    try:
        parts = ZipFile(BytesIO(data)).infolist()
    except BadZipFile as error:
        raise Unusable("it is damaged or no .docx file") from error
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
        raise Unusable(f"it unpacks to more than {_MOST_UNPACKED >> 20} MB")


def _blocks(element: _Element) -> Iterator[str]:
    """Yield the text of each paragraph and table below an element."""
    for child in _nearest(element, _PARAGRAPH, _TABLE):
        if child.tag == _PARAGRAPH:
            yield "".join(_pieces(child)).strip()
        else:
            yield "\n".join(_row(row) for row in _nearest(child, _ROW))


def _nearest(element: _Element, *tags: str) -> Iterator[_Element]:
    """Yield the topmost elements of some tags, looking through content controls and insertions."""
    for child in element:
        if child.tag in tags:
            yield child
        elif child.tag not in _UNSEEN:
            yield from _nearest(child, *tags)


def _row(row: _Element) -> str:
    cells = (" ".join(" ".join(_blocks(cell)).split()) for cell in _nearest(row, _CELL))
    return " | ".join(cell for cell in cells if cell)


def _pieces(element: _Element) -> Iterator[str]:
    """Yield the visible text of a paragraph, with that of the text boxes anchored in it."""
    if element.tag == _TEXT:
        yield element.text or ""
    yield _BREAKS.get(element.tag, "")
    for child in element:
        if child.tag == _PARAGRAPH:
            yield "\n"
        if child.tag not in _UNSEEN and not (child.tag == _RUN and _hidden(child)):
            yield from _pieces(child)


def _hidden(run: _Element) -> bool:
    """Tell whether Word is told not to show a run."""
    mark = run.find(f"{_PROPERTIES}/{_VANISH}")
    return mark is not None and mark.get(_VALUE) not in _OFF


def _title(document: WordDocument) -> str | None:
    """Return the title among the properties, else the first paragraph set as title or heading."""
    title = str(document.core_properties.title).strip()
    if title and title != _PLACEHOLDER:
        return title
    for paragraph in document.paragraphs:
        style = paragraph.style.name if paragraph.style else None
        if (style or "").startswith(_HEADINGS) and paragraph.text.strip():
            return str(paragraph.text).strip()
    return None
