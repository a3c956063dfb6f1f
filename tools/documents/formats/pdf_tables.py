"""Tables of a PDF page whose cells are ruled."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from tools.documents.formats.pdf_line import Box, Line
from tools.documents.formats.pdf_words import Word

Lines = Callable[[Sequence[Word]], list[Line]]
Grid = list[list[Box | None]]

_FEWEST = 2
# A frame around whole paragraphs is no table.
_LONGEST_CELL = 600
_LEAST_FILLED = 0.3


def with_tables(words: Sequence[Word], tables: Iterable[Sequence[Box]], lines_of: Lines) -> Iterator[Line]:
    """Yield the lines of a page in the order in which they are drawn; those of a table become its rows."""
    rest = list(words)
    for cells in tables:
        inside = [word for word in rest if any(cell.holds(word.box) for cell in cells)]
        rows = _rows(_grid(cells), inside, lines_of) if inside else []
        if rows:
            first = rest.index(inside[0])
            taken = set(map(id, inside))
            yield from lines_of(rest[:first])
            yield from rows
            rest = [word for word in rest[first:] if id(word) not in taken]
    yield from lines_of(rest)


def _grid(cells: Sequence[Box]) -> Grid:
    """Return the cell of each place, row by row; a cell that spans several places stands in each."""
    lefts = sorted({cell.left for cell in cells})
    tops = sorted({cell.top for cell in cells}, reverse=True)
    return [[_at(cells, left + 1, top - 1) for left in lefts] for top in tops]


def _at(cells: Iterable[Box], x: float, y: float) -> Box | None:
    return next((cell for cell in cells if cell.left < x < cell.right and cell.bottom < y < cell.top), None)


def _rows(grid: Grid, words: Sequence[Word], lines_of: Lines) -> list[Line]:
    """Return the rows of a table as lines; none where the ruled cells are no table."""
    if len(grid) < _FEWEST or len(grid[0]) < _FEWEST:
        return []
    texts = {cell: _text(cell, words, lines_of) for row in grid for cell in row if cell}
    filled = sum(bool(text) for text in texts.values())
    if filled < _LEAST_FILLED * len(texts) or max(map(len, texts.values())) > _LONGEST_CELL:
        return []
    return list(_lines(grid, texts, lines_of(words)[0].page))


def _text(cell: Box, words: Iterable[Word], lines_of: Lines) -> str:
    return " ".join(line.text for line in lines_of([word for word in words if cell.holds(word.box)]))


def _lines(grid: Grid, texts: dict[Box, str], page: int) -> Iterator[Line]:
    """Yield a title that spans the table, then each row below the header with what its columns are called."""
    while len(grid) > _FEWEST and len(set(grid[0])) == 1 and grid[0][0]:
        title = grid[0][0]
        if texts[title]:
            yield Line(text=texts[title], box=title, page=page, row=True)
        grid = grid[1:]
    depth = 2 if len(grid) > _FEWEST and len(set(grid[0])) < len(grid[0]) else 1
    names = [_name([texts[cell] for cell in column if cell]) for column in zip(*grid[:depth], strict=True)]
    for row in grid[depth:]:
        if found := [cell for cell in row if cell]:
            values = [texts[cell] if cell else "" for cell in row]
            cells = tuple(zip(names, values, strict=True))
            yield Line(text=written(cells), box=found[0].around(found[-1]), page=page, row=True, cells=cells)


def _name(parts: Sequence[str]) -> str:
    """Return what a column is called: the headers above it, each once."""
    return " ".join(dict.fromkeys(filter(None, parts)))


def written(cells: Iterable[tuple[str, str]]) -> str:
    """Return a row as `header: value; header: value`."""
    return "; ".join(f"{name}: {value}" if name else value for name, value in cells if value)
