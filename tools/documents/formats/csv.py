"""Tables as delimited text."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Literal

from tools.documents.decode import decode
from tools.documents.normalise import normalise
from tools.documents.overtime import OUT_OF_TIME, gathered
from tools.documents.parsed import Parsed

_DELIMITERS = ",;\t|"
_SAMPLE = 50
_MOST_LINES = 50

Row = Sequence[str]


def parse(data: bytes) -> Parsed:
    """Write each row as one line, `header: value; header: value`, so that it can be quoted alone."""
    rows, late = _rows(normalise(decode(data)).split("\n"))
    if rows and not any(_number(cell) for cell in rows[0]):
        header, rows = rows[0], rows[1:]
    else:
        header = ()
    lines = [_line(header, row) for row in rows] or [_line((), header)]
    missing = f"{OUT_OF_TIME} after row {len(lines)}" if late else ""
    return Parsed(text=normalise("\n".join(lines)), missing=missing, late=late)


def _rows(lines: Sequence[str]) -> tuple[list[Row], bool]:
    """Return the rows that are not empty, and whether time ended before the last of them.

    Lines whose quotes do not close are taken as they stand.
    """
    delimiter = max(_DELIMITERS, key=lambda mark: _evenness(lines, mark))
    try:
        return gathered(_cells(lines, delimiter, csv.QUOTE_MINIMAL))
    except csv.Error:
        return gathered(_cells(lines, delimiter, csv.QUOTE_NONE))


def _cells(lines: Sequence[str], delimiter: str, quoting: Literal[0, 3]) -> Iterator[Row]:
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=delimiter, quoting=quoting)
    for row in reader:
        if any(cell.count("\n") > _MOST_LINES for cell in row):
            raise csv.Error("a quote that never closed")
        cells = [" ".join(cell.split()) for cell in row]
        if any(cells):
            yield cells


def _evenness(lines: Sequence[str], delimiter: str) -> tuple[int, int]:
    """Count the sample rows as wide as the first, and its columns; a single column counts for nothing."""
    try:
        rows = list(_cells(list(islice(lines, _SAMPLE)), delimiter, csv.QUOTE_MINIMAL))
    except csv.Error:
        rows = []
    width = len(rows[0]) if rows else 0
    return (sum(len(row) == width for row in rows), width) if width > 1 else (0, 0)


def _number(cell: str) -> bool:
    """Tell whether a cell holds a value, not the name of a column."""
    return cell[:1].isdigit() and cell.strip("0123456789.,-:/ %") == ""


def _line(header: Row, row: Row) -> str:
    names = [*header, *(f"column {at + 1}" for at in range(len(header), len(row)))]
    pairs = zip(names, row, strict=False)
    return "; ".join(f"{name}: {value}" if name else value for name, value in pairs if value)
