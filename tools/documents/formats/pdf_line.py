"""A line of a PDF page, or the part of it that stands in one column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Rectangle(NamedTuple):
    """Hold the sides of a box in points, measured from the lower left corner of the page."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        """Return the height in points."""
        return self.top - self.bottom

    def around(self, other: Rectangle) -> Rectangle:
        """Return the box that holds this one and another."""
        return Rectangle(
            min(self.left, other.left),
            min(self.bottom, other.bottom),
            max(self.right, other.right),
            max(self.top, other.top),
        )

    def holds(self, other: Rectangle) -> bool:
        """Tell whether the middle of another box lies in this one."""
        x, y = (other.left + other.right) / 2, (other.bottom + other.top) / 2
        return self.left <= x <= self.right and self.bottom <= y <= self.top

    def turned(self, quarters: int) -> Rectangle:
        """Return the box on a page that is turned clockwise by some quarters."""
        left, bottom, right, top = self
        turns = (
            self,
            Rectangle(bottom, -right, top, -left),
            Rectangle(-right, -top, -left, -bottom),
            Rectangle(-top, left, -bottom, right),
        )
        return turns[quarters % 4]

    def beside(self, other: Rectangle) -> bool:
        """Tell whether another box stands on the same row."""
        return abs(self.bottom - other.bottom) < _ROW * max(self.height, other.height)


# Lines of neighbouring rows stand at least one height of their letters apart.
_ROW = 0.35


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfLine:
    """Hold the words of a line, their box, the page (from 1), and whether they are set in bold.

    A row of a table has `cells`; the rows of one `table` have its number, and `headers` counts those that
    name its columns, None if they do not show. Parts of a line that stand far apart are a `row` without
    cells. No other line is joined to either.
    """

    text: str
    box: Rectangle
    page: int
    bold: bool = False
    row: bool = False
    cells: tuple[str, ...] = ()
    table: int = 0
    headers: int | None = None
