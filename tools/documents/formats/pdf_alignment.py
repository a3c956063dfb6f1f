"""The columns that the words of several rows of a PDF page stand in."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tools.documents.formats.pdf_line import PdfLine

Row = Sequence[PdfLine]

# In heights of letters: how wide the blank between columns is at least, and how far a row may jut out.
_NARROWEST, _OUTSIDE = 0.5, 2.0
# One row of so many may cross the blank between two columns.
_CROSSING = 10
_SAMPLE = 40
_HALF, _PART = 0.5, 0.25


class Columns:
    """Hold where the columns of some rows begin and end, in points from the left edge of the page."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._height = max((line.box.height for row in rows for line in row), default=1.0)
        self._spans = _spans(rows, _NARROWEST * self._height)
        self.count = len(self._spans)
        middles = [(one[1] + other[0]) / 2 for one, other in pairwise(self._spans)]
        self._outer = self._spans[0][0], self._spans[-1][1]
        self.edges = [self._outer[0], *middles, self._outer[1]]

    def of(self, line: PdfLine) -> Sequence[int]:
        """Return the numbers of the columns that a line stands in: one, or those it spans."""
        left, right = line.box.left, line.box.right
        covered = [at for at, span in enumerate(self._spans) if _covered(left, right, *span) >= _HALF]
        middle = (left + right) / 2
        inner = sum(edge <= middle for edge in self.edges[1:-1])
        return covered if len(covered) > 1 else (covered or [inner])

    def first(self, line: PdfLine) -> bool:
        """Tell whether a line begins in the first column."""
        return line.box.left < self.edges[1] if self.count > 1 else True

    def only_first(self, row: Row) -> bool:
        """Tell whether a row stands in the first column alone, as headings between rows do."""
        return len(row) == 1 and self.of(row[0]) == [0]

    def go_on(self, row: Row) -> bool:
        """Tell whether a row holds no more than the rest of cells of the row above it."""
        digits = any(character.isdigit() for line in row for character in line.text)
        return not digits and not self.first(row[0]) and self.hold(row)

    def above(self, line: PdfLine, below: Row) -> Sequence[int]:
        """Return the numbers of the columns that a name stands above, whose own names may be wider than they.

        A name stands above several where it reaches over a part of each, or between two. None spans the first
        column, that of the names of rows.
        """
        spans = self._widened(below)
        left, right = line.box.left, line.box.right
        covered = [at for at, span in enumerate(spans) if _covered(left, right, *span) >= _PART]
        if not covered:
            after = sum(span[0] < (left + right) / 2 for span in spans)
            covered = [at for at in (after - 1, after) if 0 <= at < self.count]
        return covered if covered[0] or len(covered) == 1 else self.of(line)[:1]

    def _widened(self, row: Row) -> list[tuple[float, float]]:
        """Return the columns, each as wide as its name in a row."""
        spans = list(self._spans)
        for line in row:
            if len(columns := self.of(line)) == 1:
                left, right = spans[columns[0]]
                spans[columns[0]] = min(left, line.box.left), max(right, line.box.right)
        return spans

    def hold(self, row: Row, *, spanning: bool = False) -> bool:
        """Tell whether the parts of a row stand each in a column, or above several of them."""
        reach = _OUTSIDE * self._height
        inside = self._outer[0] - reach <= row[0].box.left and row[-1].box.right <= self._outer[1] + reach
        if not inside or len(row) > self.count:
            return False
        return spanning or len(row) > 1 or len(self.of(row[0])) == 1


def _spans(rows: Sequence[Row], narrowest: float) -> list[tuple[float, float]]:
    """Return where columns begin and end: between them stands a blank that hardly a row crosses."""
    sample = rows[:_SAMPLE]
    parts = [line for row in rows for line in row if not _bridges(line, row, sample)]
    ends = sorted([(line.box.left, 1) for line in parts] + [(line.box.right, -1) for line in parts])
    allowed, open_parts = len(rows) // _CROSSING, 0
    spans: list[tuple[float, float]] = []
    begun = ends[0][0]
    for at, step in ends:
        before, open_parts = open_parts, open_parts + step
        if before <= allowed < open_parts:
            begun = at
        elif open_parts <= allowed < before:
            if spans and begun - spans[-1][1] < narrowest:
                begun = spans.pop()[0]
            spans.append((begun, at))
    return spans or [(ends[0][0], ends[-1][0])]


def _bridges(line: PdfLine, own: Row, rows: Sequence[Row]) -> bool:
    """Tell whether a line stands where most other rows have two parts or more."""
    crossed = sum(sum(_overlap(line, part) for part in row) > 1 for row in rows if row is not own)
    return crossed > _HALF * (len(rows) - 1)


def _overlap(one: PdfLine, other: PdfLine) -> bool:
    return min(one.box.right, other.box.right) > max(one.box.left, other.box.left)


def _covered(left: float, right: float, start: float, end: float) -> float:
    """Return which share of a column lies between two points."""
    return max(0.0, min(right, end) - max(left, start)) / max(end - start, 0.1)
