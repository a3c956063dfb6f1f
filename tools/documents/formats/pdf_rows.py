"""Parts of a PDF page that stand side by side, put together into the row they form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce

from tools.documents.formats.pdf_line import PdfLine, Rectangle


def in_rows(lines: Iterable[PdfLine]) -> list[PdfLine]:
    """Return lines in which the parts of each row are one."""
    return [_joined(row) for row in side_by_side(lines)]


def side_by_side(lines: Iterable[PdfLine]) -> Iterator[list[PdfLine]]:
    """Yield the parts of each row, from left to right; a line with nothing beside it is a row of one part."""
    row: list[PdfLine] = []
    for line in lines:
        if row and not _continues(row[-1], line):
            yield row
            row = []
        row.append(line)
    if row:
        yield row


def _continues(before: PdfLine, line: PdfLine) -> bool:
    beside = before.box.beside(line.box) and line.box.left >= before.box.right
    return beside and not before.cells and not line.cells


def _joined(row: Sequence[PdfLine]) -> PdfLine:
    if len(row) == 1:
        return row[0]
    first = row[0]
    return PdfLine(
        text=" ".join(part.text for part in row),
        box=reduce(Rectangle.around, (part.box for part in row)),
        page=first.page,
        bold=first.bold,
        row=True,
    )
