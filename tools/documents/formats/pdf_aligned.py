"""Tables of a PDF page without ruled cells: columns that stand in line below a row that names them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, takewhile

from tools.documents.formats.grid import is_label, is_number
from tools.documents.formats.pdf_alignment import Columns, Row
from tools.documents.formats.pdf_bands import cells
from tools.documents.formats.pdf_grid import Rows
from tools.documents.formats.pdf_line import PdfLine
from tools.documents.formats.pdf_rows import side_by_side

# In heights of letters: how far below a row of a table the next one stands at most.
_FARTHEST = 3.2
_FEWEST, _MOST_HEADERS, _MOST_ROWS, _MOST_COLUMNS = 2, 4, 400, 60
# So many rows without a value may stand between two that have one: lines of long cells, and headings.
_MOST_BETWEEN = 3
# Shares: of the cells of a column of values that are values, and of the columns that the header names.
_VALUES, _NAMED = 0.7, 0.6
_MOST_WORDS, _LONGEST_VALUE = 7, 3
_STARTS = re.compile(r"[-+−–(<>≤≥~≈±$€£¥*]{0,3}\s?\d")  # noqa: RUF001 - signs as written
_NOTHING = frozenset({"-", "–", "—", "n/a", "N/A", "n.a.", "...", "…"})  # noqa: RUF001 - dashes as written


def aligned(lines: Iterable[PdfLine]) -> list[Rows]:
    """Return the cells of each table that is set without rules around them, row by row.

    Its rows are drawn one after the other, the first names its columns, and one column or more holds values.
    """
    rows = [sorted(row, key=lambda line: line.box.left) for row in side_by_side(lines)]
    return [table for block in _blocks(rows) for table in _tables(block)]


def _blocks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Yield rows that stand one below the other, none far from the next."""
    block: list[Row] = []
    for row in rows:
        if block and not _follows(block[-1], row):
            yield block
            block = []
        if not row[0].cells and len(row) <= _MOST_COLUMNS:
            block.append(row)
    if block:
        yield block


def _follows(above: Row, row: Row) -> bool:
    one, other = above[0].box, row[0].box
    step = one.bottom - other.bottom
    return not row[0].cells and 0 < step < _FARTHEST * max(one.height, other.height)


def _tables(block: Sequence[Row]) -> Iterator[Rows]:
    """Yield the tables of a block; what stands above and between them is text."""
    above = 0
    for run in _runs(block):
        begin = run.start + _is_header(block[run.start], block[run.start + 1 : run.stop])
        columns = Columns([row for row in block[begin : run.stop] if _has_value(row)])
        end = _end(block, range(begin, run.stop), columns)
        begin -= _counted(columns.only_first, reversed(block[above:begin]))
        header, body = _header(block[above:begin], columns), block[begin:end]
        if _is_table(header, body, columns):
            yield cells(header, body, columns)
            above = end


def _end(block: Sequence[Row], run: range, columns: Columns) -> int:
    """Return where the rows of a table end: after the last with a value, and the rest of its cells."""
    end = run.start + _counted(columns.hold, block[run.start : run.stop])
    while end > run.start and not _has_value(block[end - 1]):
        end -= 1
    return end + _counted(columns.go_on, block[end : end + _MOST_BETWEEN])


def _counted(fit: Callable[[Row], bool], rows: Iterable[Row]) -> int:
    """Return how many of the first rows fit."""
    return sum(1 for _ in takewhile(fit, rows))


def _runs(block: Sequence[Row]) -> Iterator[range]:
    """Yield the numbers of rows that stand together, from the first with a value to the last."""
    run = range(0)
    for at in [at for at, row in enumerate(block) if _has_value(row)]:
        if run and (at - run.stop > _MOST_BETWEEN or at - run.start >= _MOST_ROWS):
            yield run
            run = range(0)
        run = range(run.start if run else at, at + 1)
    if run:
        yield run


def _has_value(row: Row) -> bool:
    return any(_is_value(line.text) for line in row[1:])


def _is_value(text: str) -> bool:
    """Tell whether a cell holds an amount, which may have a unit, or says that there is none."""
    if is_number(text) or text in _NOTHING:
        return True
    letters, digits = sum(map(str.isalpha, text)), sum(map(str.isdigit, text))
    few = text.count(" ") < _LONGEST_VALUE and letters <= 2 * digits + 2
    return few and _STARTS.match(text) is not None


def _is_header(row: Row, below: Sequence[Row]) -> bool:
    """Tell whether a row whose only values are years, months or quarters names columns of what is none."""
    under = [line.text for one in below for line in one[1:] if _is_value(line.text)]
    only = all(is_label(line.text) or not _is_value(line.text) for line in row)
    return only and 2 * sum(map(is_label, under)) < len(under)


def _header(above: Sequence[Row], columns: Columns) -> list[Row]:
    """Return the rows just above a table that name its columns."""
    found: list[Row] = []
    for row in reversed(above[-_MOST_HEADERS:]):
        inside = columns.hold(row) or columns.hold(row, spanning=True)
        title = (len(row) == 1 and columns.first(row[0])) or _is_prose(row)
        valued = any(_is_value(line.text) and not is_label(line.text) for line in row)
        if title or valued or not inside:
            break
        found.insert(0, row)
    return found


def _is_table(header: Sequence[Row], body: Sequence[Row], columns: Columns) -> bool:
    """Tell whether rows are a table: named columns, one or more full of values, none full of prose."""
    if sum(map(_has_value, body)) < _FEWEST or columns.count < _FEWEST:
        return False
    texts: defaultdict[int, list[str]] = defaultdict(list)
    for line in chain.from_iterable(body):
        for at in columns.of(line):
            texts[at].append(line.text)
    named = {at for row in header for line in row for at in columns.of(line)}
    valued = {at for at, some in texts.items() if at and sum(map(_is_value, some)) >= _VALUES * len(some)}
    prose = any(sum(text.count(" ") for text in some) >= _MOST_WORDS * len(some) for some in texts.values())
    all_named = len(named) >= _NAMED * columns.count and len(named & valued) >= _NAMED * len(valued)
    return bool(valued) and all_named and not prose


def _is_prose(row: Row) -> bool:
    return any(line.text.count(" ") >= _MOST_WORDS for line in row)
