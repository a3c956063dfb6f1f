"""Tables of web pages as rows of cells."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import _Element  # type: ignore[import-untyped]

from tools.documents.formats.grid import Grid
from tools.documents.formats.html_text import words

_WITHIN = frozenset({"table", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "form", "article", "section"})
_LONGEST_CELL = 1000  # characters; a longer one is a column of the page
_MOST_SPAN = 1000


def is_layout(table: _Element) -> bool:
    """Tell a table that only arranges a page from one that holds values."""
    if table.get("role", "").lower() in {"presentation", "none"}:
        return True
    rows = list(own_rows(table))
    if not any(len(cells(row)) > 1 for row in rows):
        return True
    return any(_is_column(cell) for row in rows for cell in cells(row))


def _is_column(cell: _Element) -> bool:
    return any(child.tag in _WITHIN for child in cell.iterdescendants()) or len(words(cell)) > _LONGEST_CELL


def own_rows(table: _Element) -> Iterator[_Element]:
    """Yield the rows of a table, not those of tables within it."""
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in {"thead", "tbody", "tfoot"}:
            yield from (row for row in child if row.tag == "tr")


def cells(row: _Element) -> list[_Element]:
    """Return the cells of a row."""
    return [cell for cell in row if cell.tag in {"td", "th"}]


def table_of(table: _Element) -> Grid:
    """Return the rows of a table, a cell that spans several repeated in each, and how many are headers."""
    rows = list(own_rows(table))
    return Grid(rows=list(_expanded(rows)), headers=_headers(rows))


def _headers(rows: list[_Element]) -> int | None:
    """Count the rows of headers; None where the page marks none."""
    count = 0
    for row in rows:
        heads = row.getparent().tag == "thead" or all(cell.tag == "th" for cell in cells(row))
        if not heads or not cells(row):
            break
        count += 1
    if count == len(rows) or count:
        return count if count < len(rows) else 0
    marked = any(cell.tag == "th" for row in rows for cell in cells(row))
    return 0 if marked else None


def _expanded(rows: list[_Element]) -> Iterator[list[str]]:
    below: dict[int, tuple[int, str]] = {}
    for row in rows:
        line: list[str] = []
        for cell in cells(row):
            _fill(line, below)
            text, down = words(cell), _span(cell, "rowspan")
            for _ in range(_span(cell, "colspan")):
                if down > 1:
                    below[len(line)] = (down - 1, text)
                line.append(text)
        _fill(line, below)
        single = len(line) > 1 and len(cells(row)) == 1 and len(set(line)) == 1
        yield line[:1] if single else line


def _fill(line: list[str], below: dict[int, tuple[int, str]]) -> None:
    """Repeat what spans down into the next columns of a row."""
    while (at := len(line)) in below:
        left, text = below.pop(at)
        if left > 1:
            below[at] = (left - 1, text)
        line.append(text)


def _span(cell: _Element, name: str) -> int:
    said = cell.get(name, "1").strip()
    return min(max(int(said), 1), _MOST_SPAN) if said.isdecimal() and len(said) < 10 else 1  # noqa: PLR2004 - digits
