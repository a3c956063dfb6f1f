"""Lines that are drawn on a PDF page, and the cells of the tables they rule."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence

import pypdfium2.raw as pdfium
from pypdfium2 import PdfObject, PdfPage

from tools.documents.formats.pdf_line import Box

Edge = dict[str, float | str]

# Points: what is thinner is a line; what is shorter is a mark; so far apart lines may be and still meet.
_THIN, _SHORT, _NEAR = 3.0, 6.0, 3.0
# A page of a drawing or a map has more lines than a table; to find cells takes the square of their number.
_MOST = 1500
_FEWEST = 4
_RECTANGLE = 5


def ruled_tables(page: PdfPage) -> list[list[Box]]:
    """Return the cells of each table that is ruled on a page, from its upper left to its lower right.

    The cells are found as pdfplumber finds them.
    """
    edges = list(_edges(page))
    upright = sum(edge["orientation"] == "v" for edge in edges)
    if not _FEWEST <= len(edges) <= _MOST or not 0 < upright < len(edges):
        return []
    from pdfplumber import table  # noqa: PLC0415 - 0.3 s that most files never need

    merged = table.merge_edges(edges, _NEAR, _NEAR, _NEAR, _NEAR)
    cells = table.intersections_to_cells(table.edges_to_intersections(merged, _NEAR, _NEAR))
    return [[_upright(cell) for cell in cells] for cells in table.cells_to_tables(cells)]


def _edges(page: PdfPage) -> Iterator[Edge]:
    """Yield the lines and the sides of the rectangles on a page; heights count downwards, as pdfplumber has them."""
    for left, bottom, right, top in _paths(page):
        if right - left >= _SHORT and top - bottom < _THIN:
            yield _edge("h", left, (bottom + top) / 2, right, (bottom + top) / 2)
        elif top - bottom >= _SHORT and right - left < _THIN:
            yield _edge("v", (left + right) / 2, bottom, (left + right) / 2, top)
        elif top - bottom >= _SHORT and right - left >= _SHORT:
            yield _edge("h", left, top, right, top)
            yield _edge("h", left, bottom, right, bottom)
            yield _edge("v", left, bottom, left, top)
            yield _edge("v", right, bottom, right, top)


def _edge(orientation: str, left: float, bottom: float, right: float, top: float) -> Edge:
    sides = {"x0": left, "x1": right, "top": -top, "bottom": -bottom, "doctop": -top}
    return {"orientation": orientation, "width": right - left, "height": top - bottom, **sides}


def _upright(cell: Sequence[float]) -> Box:
    left, top, right, bottom = cell
    return Box(left, -bottom, right, -top)


def _paths(page: PdfPage) -> Iterator[tuple[float, float, float, float]]:
    """Yield the box of each line and rectangle: left, bottom, right, top."""
    for drawn in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=3):
        count = pdfium.FPDFPath_CountSegments(drawn.raw)
        if count <= _RECTANGLE:
            yield drawn.get_bounds()
        elif count <= _MOST:
            yield from _strokes(drawn, count)


def _strokes(drawn: PdfObject, count: int) -> Iterator[tuple[float, float, float, float]]:
    """Yield the box of each straight piece of a path."""
    matrix, x, y = drawn.get_matrix(), ctypes.c_float(), ctypes.c_float()
    before = (0.0, 0.0)
    for at in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(drawn.raw, at)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        after = matrix.on_point(x.value, y.value)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_LINETO:
            yield *map(min, before, after), *map(max, before, after)
        before = after
