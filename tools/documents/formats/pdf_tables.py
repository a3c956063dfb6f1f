"""Tables of a PDF page whose cells are ruled."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import reduce

from tools.documents.formats.grid import is_number
from tools.documents.formats.pdf_grid import Rows
from tools.documents.formats.pdf_line import PdfLine, Rectangle
from tools.documents.formats.pdf_words import Word

LinesOf = Callable[[Sequence[Word]], list[PdfLine]]
Texts = Mapping[Rectangle, Sequence[PdfLine]]

_FEWEST = 2
_LEAST_FILLED = 4
_LEAST_SHARE = 0.25
# A frame around whole paragraphs is no table.
_LONGEST_CELL = 600


def with_tables(words: Sequence[Word], tables: Iterable[Rows], lines_of: LinesOf) -> Iterator[PdfLine]:
    """Yield the lines of a page in the order in which they are drawn; those of a table become its rows."""
    rest = list(words)
    for number, grid in enumerate(tables, start=1):
        inside, first, outside = _parted(rest, dict.fromkeys(cell for row in grid for cell in row if cell))
        texts = {cell: lines_of(some) for cell, some in inside.items()}
        if rows := list(_rows(grid, texts, number)):
            yield from lines_of(outside[:first])
            yield from rows
            rest = outside[first:]
    yield from lines_of(rest)


def _parted(
    words: Iterable[Word], cells: Iterable[Rectangle]
) -> tuple[dict[Rectangle, list[Word]], int, list[Word]]:
    """Return the words of each cell, how many others stand before the first of them, and all others."""
    around = reduce(Rectangle.around, cells)
    inside: defaultdict[Rectangle, list[Word]] = defaultdict(list)
    first = 0
    outside: list[Word] = []
    for word in words:
        cell = next((one for one in cells if one.holds(word.box)), None) if around.holds(word.box) else None
        if cell:
            first = first if inside else len(outside)
            inside[cell].append(word)
        else:
            outside.append(word)
    return inside, first, outside


def _rows(grid: Rows, texts: Texts, number: int) -> Iterator[PdfLine]:
    """Yield the title of a table, then its rows; what is ruled and no table has none."""
    longest = max((sum(len(line.text) for line in lines) for lines in texts.values()), default=0)
    table = len(grid) >= _FEWEST and len(grid[0]) >= _FEWEST and len(texts) >= _LEAST_FILLED
    if not table or longest > _LONGEST_CELL or not _filled(grid, texts):
        return
    while len(grid) > _FEWEST and len(set(grid[0])) == 1:
        yield from texts.get(grid[0][0], ()) if grid[0][0] else ()
        grid = grid[1:]
    headers = _headers(grid, texts)
    for at, row in enumerate(grid):
        parts = [texts] if at < (headers or 0) else _parts(row, texts)
        for part in parts:
            if any(part.get(cell) for cell in row if cell):
                yield _line(row, part, number, headers)


def _filled(grid: Rows, texts: Texts) -> bool:
    """Tell a table from a chart, whose grid holds little but the marks of its axes."""
    places = [cell for row in grid for cell in row]
    return sum(cell is not None and bool(texts.get(cell)) for cell in places) >= _LEAST_SHARE * len(places)


def _headers(grid: Rows, texts: Texts) -> int | None:
    """Count the rows of the header where the table shows it: two where cells span, one where it is bold.

    Two columns of words without such a row are names and values.
    """
    if len(grid) > _FEWEST and len(set(grid[0])) < len(grid[0]):
        return 2
    bold = [all(line.bold for cell in row if cell for line in texts.get(cell, ())) for row in grid[:2]]
    if bold == [True, False]:
        return 1
    values = [_text(texts, row[-1]) for row in grid[1:]]
    return 0 if len(grid[0]) == _FEWEST and not any(map(is_number, values)) else None


def _parts(row: Sequence[Rectangle | None], texts: Texts) -> Iterator[Texts]:
    """Yield the texts of a ruled row, or those of each row in it between which nothing is ruled.

    Most of its cells have as many lines then.
    """
    heights = Counter(len(texts.get(cell, ())) for cell in row if cell)
    count = max(heights, default=0)
    numbers = sum(all(map(is_number, (line.text for line in texts.get(cell, ())))) for cell in row if cell)
    if count > 1 and set(heights) <= {0, 1, count} and heights[count] >= len(row) / 2 <= numbers:
        for at in range(count):
            yield {cell: lines[at : at + 1] or lines for cell, lines in texts.items()}
    else:
        yield texts


def _line(row: Sequence[Rectangle | None], texts: Texts, number: int, headers: int | None) -> PdfLine:
    found = [texts[cell][0] for cell in row if cell and texts.get(cell)]
    cells = tuple(_text(texts, cell) for cell in row)
    box = reduce(Rectangle.around, (line.box for line in found))
    return PdfLine(
        text=" ".join(filter(None, cells)),
        box=box,
        page=found[0].page,
        row=True,
        cells=cells,
        table=number,
        headers=headers,
    )


def _text(texts: Texts, cell: Rectangle | None) -> str:
    return " ".join(line.text for line in texts.get(cell, ())) if cell else ""
