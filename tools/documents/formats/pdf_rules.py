"""Lines that are drawn on a PDF page."""

from __future__ import annotations

import ctypes
from collections import defaultdict
from collections.abc import Iterable, Iterator

import pypdfium2.raw as pdfium
from pypdfium2 import PdfObject, PdfPage

from tools.documents.formats.pdf_line import Rectangle

# Points: what is thinner is a line; what is shorter is a mark; lines whose ends are so near end together.
_THIN, _SHORT, _NEAR = 3.0, 6.0, 3.0
# A page of a drawing or a map has more lines than a table.
_MOST = 5000
_RECTANGLE = 5
_FEWEST_RULES = 3


def rules(page: PdfPage, quarters: int) -> tuple[list[Rectangle], list[Rectangle]]:
    """Return the level and the upright lines on a page turned by some quarters; rectangles have four."""
    level: list[Rectangle] = []
    upright: list[Rectangle] = []
    for box in (path.turned(quarters) for path in _paths(page)):
        wide, high = box.right - box.left, box.height
        if wide >= _SHORT and high < _THIN:
            level.append(box)
        elif high >= _SHORT and wide < _THIN:
            upright.append(box)
        elif wide >= _SHORT and high >= _SHORT:
            level += box._replace(bottom=box.top), box._replace(top=box.bottom)
            upright += box._replace(left=box.right), box._replace(right=box.left)
    if len(level) + len(upright) > _MOST:
        return [], []
    return level, upright + list(_open_sides(level)) if upright else []


def _open_sides(level: Iterable[Rectangle]) -> Iterator[Rectangle]:
    """Yield the outer sides of a table that is ruled between its columns alone, where its lines end."""
    spans: defaultdict[tuple[int, int], list[Rectangle]] = defaultdict(list)
    for rule in level:
        spans[round(rule.left / _NEAR), round(rule.right / _NEAR)].append(rule)
    for rules in spans.values():
        if len(rules) >= _FEWEST_RULES:
            first, bottom, top = rules[0], min(rule.bottom for rule in rules), max(rule.top for rule in rules)
            yield Rectangle(first.left, bottom, first.left, top)
            yield Rectangle(first.right, bottom, first.right, top)


def _paths(page: PdfPage) -> Iterator[Rectangle]:
    """Yield the box of each line and rectangle."""
    for drawn in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=3):
        count = pdfium.FPDFPath_CountSegments(drawn.raw)
        if count <= _RECTANGLE:
            yield Rectangle(*drawn.get_bounds())
        elif count <= _MOST:
            yield from _strokes(drawn, count)


def _strokes(drawn: PdfObject, count: int) -> Iterator[Rectangle]:
    """Yield the box of each straight piece of a path."""
    matrix, x, y = drawn.get_matrix(), ctypes.c_float(), ctypes.c_float()
    before = (0.0, 0.0)
    for at in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(drawn.raw, at)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        after = matrix.on_point(x.value, y.value)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_LINETO:
            yield Rectangle(*map(min, before, after), *map(max, before, after))
        before = after
