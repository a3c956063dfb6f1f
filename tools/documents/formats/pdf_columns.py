"""The order in which a page of a PDF is read, where it is set in columns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, pairwise

from tools.documents.formats.pdf_line import PdfLine, Rectangle

# A gutter is looked for every STEP points. Beside it stand FEWEST lines on each side with so many words that
# they are prose and not the cells of a table; few lines cross it, and the eye would jump over it so often.
_STEP = 4
_FEWEST = 4
_PROSE = 3
_CROSSING = 0.34
_JUMPS = 0.15
# pdfminer.six takes time that grows with the square of the lines.
_MOST_LINES = 1000


def in_reading_order(lines: list[PdfLine]) -> list[PdfLine]:
    """Return the lines of a page column by column where they are drawn across its columns, else as drawn."""
    if len(lines) > _MOST_LINES or not any(_jumps(lines, gutter) for gutter in _gutters(lines)):
        return lines
    return _laid_out(lines)


def _gutters(lines: Sequence[PdfLine]) -> list[float]:
    """Return where a column may begin, from the left edges that several lines share."""
    edges = sorted(line.box.left for line in lines)
    shared = [edge for edge, other in zip(edges, edges[_FEWEST - 1 :], strict=False) if other - edge < _STEP]
    return [edge - 1 for edge, after in pairwise([*shared, float("inf")]) if after - edge >= _STEP]


def _jumps(lines: Sequence[PdfLine], gutter: float) -> bool:
    """Tell whether prose stands on both sides of a gutter, and is drawn by turns on one and the other."""
    left = [line for line in lines if line.box.right <= gutter]
    right = [line for line in lines if line.box.left >= gutter]
    if min(_prose(left), _prose(right)) < _FEWEST:
        return False
    # Titles and figures cross the gutter above and below the columns, lines of text do not.
    across = sum(line.box.left < gutter < line.box.right for line in lines)
    if across > _CROSSING * (len(left) + len(right)):
        return False
    sides = [line.box.left >= gutter for line in lines if not line.box.left < gutter < line.box.right]
    turns = sum(one != other for one, other in pairwise(sides))
    return turns > max(2, _JUMPS * len(sides))


def _prose(lines: Sequence[PdfLine]) -> int:
    return sum(line.text.count(" ") >= _PROSE for line in lines)


def _laid_out(lines: Sequence[PdfLine]) -> list[PdfLine]:
    """Return lines in the order that the layout step of pdfminer.six finds."""
    from pdfminer.layout import (  # noqa: PLC0415 - 60 ms that most files never need
        IndexAssigner,
        LAParams,
        LTLayoutContainer,
        LTTextLineHorizontal,
    )

    class _PlacedLine(LTTextLineHorizontal):
        def __init__(self, line: PdfLine) -> None:
            super().__init__(word_margin=0)
            self.line = line
            self.set_bbox((line.box.left, line.box.bottom, line.box.right, line.box.top))

        def get_text(self) -> str:
            return self.line.text

    page = Rectangle(0, 0, 0, 0)
    for line in lines:
        page = page.around(line.box)
    container, options = LTLayoutContainer(page), LAParams()
    boxes = list(container.group_textlines(options, [_PlacedLine(line) for line in lines]))
    order = IndexAssigner()
    for group in container.group_textboxes(options, boxes):
        group.analyze(options)
        order.run(group)
    boxes.sort(key=lambda box: box.index)
    placed = chain.from_iterable(boxes)
    return [one.line for one in placed if isinstance(one, _PlacedLine)]
