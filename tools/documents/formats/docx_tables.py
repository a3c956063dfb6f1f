"""Tables of a Word document as rows of cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from docx.oxml.ns import qn
from lxml.etree import _Element  # type: ignore[import-untyped]

from tools.documents.formats.docx_styles import VALUE
from tools.documents.formats.docx_text import UNSEEN
from tools.documents.formats.grid import Grid

TABLE, _ROW, CELL = (qn(f"w:{tag}") for tag in ("tbl", "tr", "tc"))
_ROW_PROPERTIES, _CELL_PROPERTIES = qn("w:trPr"), qn("w:tcPr")
_MOST_SPAN = 1000
_LONGEST_CELL = 1000  # characters; a longer one is a column of the page


def table_of(table: _Element, text_of: Callable[[_Element], str]) -> Grid | None:
    """Return the rows of a table, a cell that spans several in each; None for one that arranges a page."""
    rows = [row for row in nearest(table, _ROW) if not _marked(row, _ROW_PROPERTIES, "w:del")]
    cells = list(_expanded(rows, text_of))
    single = max(map(len, cells), default=0) <= 1
    if single or any(len(cell) > _LONGEST_CELL for row in cells for cell in row):
        return None
    headers = sum(_marked(row, _ROW_PROPERTIES, "w:tblHeader") for row in rows)
    return Grid(rows=cells, headers=headers or None, first=1)


def nearest(element: _Element, *tags: str) -> Iterator[_Element]:
    """Yield the topmost elements of some tags, looking through content controls and insertions."""
    for child in element:
        if child.tag in tags:
            yield child
        elif child.tag not in UNSEEN:
            yield from nearest(child, *tags)


def _expanded(rows: Sequence[_Element], text_of: Callable[[_Element], str]) -> Iterator[list[str]]:
    """Yield the text of each cell, that of a cell merged with the one above repeated."""
    above: list[str] = []
    for row in rows:
        line = [""] * _number(row, _ROW_PROPERTIES, "w:gridBefore", 0)
        for cell in nearest(row, CELL):
            text = text_of(cell)
            if _goes_on(cell) and len(line) < len(above):
                text = above[len(line)]
            line += [text] * _number(cell, _CELL_PROPERTIES, "w:gridSpan", 1)
        above = line
        spans = len(line) > 1 and len(set(line)) == 1 and sum(1 for _ in nearest(row, CELL)) == 1
        yield line[:1] if spans else line


def _goes_on(cell: _Element) -> bool:
    """Tell whether a cell is merged with the one above it."""
    merged = cell.find(f"{_CELL_PROPERTIES}/{qn('w:vMerge')}")
    return merged is not None and merged.get(VALUE, "continue") == "continue"


def _marked(element: _Element, properties: str, name: str) -> bool:
    return element.find(f"{properties}/{qn(name)}") is not None


def _number(element: _Element, properties: str, name: str, otherwise: int) -> int:
    found = element.find(f"{properties}/{qn(name)}")
    said = found.get(VALUE, "") if found is not None else ""
    return min(int(said), _MOST_SPAN) if said.isdecimal() else otherwise
