"""The cells of a table without rules: its rows as bands across the page, cut at its columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from tools.documents.formats.pdf_alignment import Columns, Row
from tools.documents.formats.pdf_grid import Rows
from tools.documents.formats.pdf_line import Rectangle

# Points that a box of a cell is wider than its words.
_MARGIN = 1.0


def cells(header: Sequence[Row], body: Sequence[Row], columns: Columns) -> Rows:
    """Return the box of each cell; names above several columns stand in each of them."""
    named = _named(header, columns)
    bands = [*named, *_joined(body, columns)]
    rows = [row for band in bands for row in band]
    left = min(line.box.left for row in rows for line in row) - _MARGIN
    right = max(line.box.right for row in rows for line in row) + _MARGIN
    xs = [left, *columns.edges[1:-1], right]
    table: Rows = []
    for at, ((top, bottom), band) in enumerate(zip(pairwise(_levels(bands)), bands, strict=True)):
        spans = _spanned(band, bands[at + 1][0], columns) if at < len(named) - 1 else []
        table.append([_box(column, spans, xs, bottom, top) for column in range(columns.count)])
    return table


def _named(header: Sequence[Row], columns: Columns) -> list[list[Row]]:
    """Part the rows of a header: names above several columns, then names of one."""
    above = 0
    for at, (row, below) in enumerate(pairwise(header), start=1):
        if any(len(columns.above(line, below)) > 1 for line in row):
            above = at
    return [list(part) for part in (header[:above], header[above:]) if part]


def _joined(body: Sequence[Row], columns: Columns) -> list[list[Row]]:
    """Return the rows of a table, each with the lines that its cells are broken into."""
    bands: list[list[Row]] = []
    begun = False
    for at, row in enumerate(body):
        label = columns.first(row[0])
        if bands and (begun or columns.go_on(row) or _goes_on(row)):
            bands[-1].append(row)
        else:
            bands.append([row])
        alone = label and len(row) == 1
        after = body[at + 1] if at + 1 < len(body) else None
        begun = bool(alone and after and (not columns.first(after[0]) or after[0].text[:1].islower()))
    return bands


def _goes_on(row: Row) -> bool:
    """Tell whether a row is the rest of the name of the row above it."""
    return len(row) == 1 and row[0].text[:1].islower()


def _levels(bands: Sequence[Sequence[Row]]) -> list[float]:
    """Return how high the bands begin, and where the last one ends."""
    boxes = [[line.box for row in band for line in row] for band in bands]
    tops = [max(box.top for box in some) for some in boxes]
    bottoms = [min(box.bottom for box in some) for some in boxes]
    middles = [(bottom + top) / 2 for bottom, top in zip(bottoms, tops[1:], strict=False)]
    return [tops[0] + _MARGIN, *middles, bottoms[-1] - _MARGIN]


def _spanned(band: Iterable[Row], below: Row, columns: Columns) -> list[range]:
    """Return the columns of each name that stands above several."""
    found = [columns.above(line, below) for row in band for line in row]
    return [range(some[0], some[-1] + 1) for some in found if len(some) > 1]


def _box(column: int, spans: Iterable[range], xs: Sequence[float], bottom: float, top: float) -> Rectangle:
    span = next((some for some in spans if column in some), range(column, column + 1))
    return Rectangle(xs[span[0]], bottom, xs[span[-1] + 1], top)
