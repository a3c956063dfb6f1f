"""The cells that lines on a page close in, and the tables they form."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence

from tools.documents.formats.pdf_line import Rectangle

Slot = tuple[int, int]
Rows = list[list[Rectangle | None]]

# Points: lines so near to one another are one, and so near to a corner they meet there.
_NEAR = 3.0
# A map has more; what is looked at grows with their product.
_MOST_SLOTS = 40_000
# Boxes of any width below one another, such as those around links, are no table.
_LEAST_REGULAR = 0.2


def tables(level: Sequence[Rectangle], upright: Sequence[Rectangle]) -> list[Rows]:
    """Return the cell of each place of each table that level and upright lines rule, the highest table first.

    A cell that spans several places stands in each of them.
    """
    xs, ys = _positions(line.left for line in upright), _positions(line.bottom for line in level)
    if len(xs) * len(ys) > _MOST_SLOTS:
        return []
    grid = _Grid(xs, ys, level, upright)
    found = [rows for slots in grid.touching() if (rows := grid.rows(slots))]
    return sorted(found, key=lambda rows: -max(cell.top for cell in rows[0] if cell))


def _positions(values: Iterable[float]) -> list[float]:
    """Return where lines stand, those near one another once."""
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > _NEAR:
            kept.append(value)
    return kept


class _Grid:
    """Part a page into slots at every line on it, and join those between which no line is drawn."""

    def __init__(
        self, xs: list[float], ys: list[float], level: Iterable[Rectangle], upright: Iterable[Rectangle]
    ) -> None:
        self._xs, self._ys = xs, ys
        across = ((_at(ys, line.bottom), line.left, line.right) for line in level)
        down = ((_at(xs, line.left), line.bottom, line.top) for line in upright)
        self._below = {(at, row) for row, *ends in _whole(across) for at in _span(xs, *ends)}
        self._before = {(column, at) for column, *ends in _whole(down) for at in _span(ys, *ends)}
        self._cells: dict[Slot, Rectangle] = {}
        seen: set[Slot] = set()
        for start in ((column, row) for column in range(len(xs) - 1) for row in range(len(ys) - 1)):
            if start not in seen:
                region = _reached(start, self._open)
                seen |= region
                self._close(region)

    def touching(self) -> Iterator[set[Slot]]:
        """Yield the slots of all cells that touch one another."""
        seen: set[Slot] = set()
        for slot in self._cells:
            if slot not in seen:
                table = _reached(slot, lambda at: [one for one in _beside(at) if one in self._cells])
                seen |= table
                yield table

    def rows(self, slots: Iterable[Slot]) -> Rows:
        """Return the cells of some slots by rows, from above; none where they are too uneven for a table."""
        cells = {self._cells[slot] for slot in slots}
        lefts, tops = {cell.left for cell in cells}, {cell.top for cell in cells}
        if len(cells) < _LEAST_REGULAR * len(lefts) * len(tops):
            return []
        columns = [self._xs.index(left) for left in sorted(lefts)]
        rows = [self._ys.index(top) - 1 for top in sorted(tops, reverse=True)]
        return [[self._cells.get((column, row)) for column in columns] for row in rows]

    def _open(self, slot: Slot) -> Iterator[Slot]:
        """Yield the slots beside one to which no line bars the way; they may lie outside the page."""
        column, row = slot
        if not (0 <= column < len(self._xs) - 1 and 0 <= row < len(self._ys) - 1):
            return
        below, above, left, right = _beside(slot)
        if slot not in self._below:
            yield below
        if above not in self._below:
            yield above
        if slot not in self._before:
            yield left
        if right not in self._before:
            yield right

    def _close(self, region: set[Slot]) -> None:
        """Make a cell of slots that form a rectangle and are closed in on all sides."""
        columns, rows = ({slot[side] for slot in region} for side in (0, 1))
        last = (len(self._xs) - 2, len(self._ys) - 2)
        closed = min(*columns, *rows) >= 0 and max(columns) <= last[0] and max(rows) <= last[1]
        if closed and len(region) == len(columns) * len(rows):
            left, bottom = self._xs[min(columns)], self._ys[min(rows)]
            box = Rectangle(left, bottom, self._xs[max(columns) + 1], self._ys[max(rows) + 1])
            self._cells.update(dict.fromkeys(region, box))


def _whole(pieces: Iterable[tuple[int, float, float]]) -> Iterator[tuple[int, float, float]]:
    """Yield lines, each as its position and its two ends, those whole that are drawn piece by piece."""
    drawn: tuple[int, float, float] | None = None
    for position, start, end in sorted(pieces):
        if drawn and position == drawn[0] and start <= drawn[2] + _NEAR:
            drawn = (position, drawn[1], max(drawn[2], end))
        else:
            if drawn:
                yield drawn
            drawn = (position, start, end)
    if drawn:
        yield drawn


def _beside(slot: Slot) -> tuple[Slot, Slot, Slot, Slot]:
    """Return the slots below, above, left and right of one."""
    column, row = slot
    return (column, row - 1), (column, row + 1), (column - 1, row), (column + 1, row)


def _reached(start: Slot, steps: Callable[[Slot], Iterable[Slot]]) -> set[Slot]:
    """Return a slot and all to which steps lead from it."""
    found, waiting = {start}, [start]
    while waiting:
        for after in steps(waiting.pop()):
            if after not in found:
                found.add(after)
                waiting.append(after)
    return found


def _at(positions: Sequence[float], value: float) -> int:
    """Return the number of the position that a value is nearest to from above."""
    return max(0, bisect_right(positions, value + _NEAR / 2) - 1)


def _span(positions: Sequence[float], first: float, last: float) -> range:
    """Return the numbers of the slots that lie between two values."""
    return range(bisect_left(positions, first - _NEAR), bisect_right(positions, last + _NEAR) - 1)
