"""Tables of a PDF page whose cells are ruled."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import reduce

from tools.documents.formats.pdf_grid import Rows
from tools.documents.formats.pdf_line import Box, Line
from tools.documents.formats.pdf_words import Word

LinesOf = Callable[[Sequence[Word]], list[Line]]
Texts = Mapping[Box, Sequence[Line]]

_FEWEST = 2
_LEAST_FILLED = 4
# A frame around whole paragraphs is no table.
_LONGEST_CELL = 600
_YEARS = range(1000, 3000)


def with_tables(words: Sequence[Word], tables: Iterable[Rows], lines_of: LinesOf) -> Iterator[Line]:
    """Yield the lines of a page in the order in which they are drawn; those of a table become its rows."""
    rest = list(words)
    for grid in tables:
        inside, first, outside = _parted(rest, dict.fromkeys(cell for row in grid for cell in row if cell))
        texts = {cell: lines_of(some) for cell, some in inside.items()}
        if rows := list(_rows(grid, texts)):
            yield from lines_of(outside[:first])
            yield from rows
            rest = outside[first:]
    yield from lines_of(rest)


def _parted(words: Iterable[Word], cells: Iterable[Box]) -> tuple[dict[Box, list[Word]], int, list[Word]]:
    """Return the words of each cell, how many others stand before the first of them, and all others."""
    around = reduce(Box.around, cells)
    inside: defaultdict[Box, list[Word]] = defaultdict(list)
    first, outside = 0, []
    for word in words:
        cell = next((one for one in cells if one.holds(word.box)), None) if around.holds(word.box) else None
        if cell:
            first = first if inside else len(outside)
            inside[cell].append(word)
        else:
            outside.append(word)
    return inside, first, outside


def _rows(grid: Rows, texts: Texts) -> Iterator[Line]:
    """Yield the title of a table, then its rows, each with what its columns are called.

    What is ruled and no table has none.
    """
    longest = max((sum(len(line.text) for line in lines) for lines in texts.values()), default=0)
    table = len(grid) >= _FEWEST and len(grid[0]) >= _FEWEST and len(texts) >= _LEAST_FILLED
    if not table or longest > _LONGEST_CELL:
        return
    while len(grid) > _FEWEST and len(set(grid[0])) == 1:
        yield from texts.get(grid[0][0], ()) if grid[0][0] else ()
        grid = grid[1:]
    depth = _depth(grid, texts)
    columns = zip(*grid[:depth], strict=True) if depth else ([] for _ in grid[0])
    names = [
        " ".join(dict.fromkeys(filter(None, (_text(texts, cell) for cell in column)))) for column in columns
    ]
    for row in grid[depth:]:
        yield from _parts(row, names, texts)


def _depth(grid: Rows, texts: Texts) -> int:
    """Count the rows of the header: none where the first holds numbers but years, two where cells span.

    Two columns are names and values, with no header, unless it is bold or stands above numbers.
    """
    if any(_number(_text(texts, cell)) for cell in grid[0]):
        return 0
    if len(grid[0]) == _FEWEST:
        bold = all(line.bold for cell in grid[0] if cell for line in texts.get(cell, ()))
        numbers = sum(_number(_text(texts, row[-1])) for row in grid[1:])
        return int(bold or numbers > len(grid[1:]) / 2)
    return 2 if len(grid) > _FEWEST and len(set(grid[0])) < len(grid[0]) else 1


def _number(text: str) -> bool:
    bare = text.strip(" %€$£+-−()")  # noqa: RUF001 - a true minus sign
    number = bool(bare) and not bare.strip("0123456789.,' ")
    return number and not (bare.isdecimal() and int(bare) in _YEARS)


def _parts(row: Sequence[Box | None], names: Sequence[str], texts: Texts) -> Iterator[Line]:
    """Yield a ruled row, or the rows in it between which nothing is ruled: as many lines in most cells."""
    heights = Counter(len(texts.get(cell, ())) for cell in row if cell)
    count = max(heights, default=0)
    numbers = sum(all(map(_number, (line.text for line in texts.get(cell, ())))) for cell in row if cell)
    if count > 1 and set(heights) <= {0, 1, count} and heights[count] >= len(row) / 2 <= numbers:
        for at in range(count):
            yield from _line(row, names, {cell: lines[at : at + 1] or lines for cell, lines in texts.items()})
    else:
        yield from _line(row, names, texts)


def _line(row: Sequence[Box | None], names: Sequence[str], texts: Texts) -> Iterator[Line]:
    values = [_text(texts, cell) for cell in row]
    found = [texts[cell][0] for cell in row if cell and texts.get(cell)]
    if found:
        cells = tuple(zip(names, values, strict=True))
        text = "; ".join(f"{name}: {value}" if name else value for name, value in cells if value)
        box = reduce(Box.around, (line.box for line in found))
        yield Line(text=text, box=box, page=found[0].page, row=True, cells=cells)


def _text(texts: Texts, cell: Box | None) -> str:
    return " ".join(line.text for line in texts.get(cell, ())) if cell else ""
