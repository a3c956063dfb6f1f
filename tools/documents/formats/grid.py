"""Tables as rows of cells: where their title ends, which rows name the columns, and how they are written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from graph.outline import PartKind
from tools.documents.text_builder import TextBuilder

Row = Sequence[str]

_SAMPLE = 50
_MOST_TITLES = 10
_PAIR = 2  # columns: a name and a value
_NUMBER = re.compile(r"[-+−–(]?\s*+(?:[$€£¥]\s*+)?\d[\d.,'\s]*+(?:[eE][-+]?\d++)?\s*+[%‰€$£¥]?\)?")  # noqa: RUF001 - signs as written
_DIGIT = re.compile(r"\d")
_LABEL = re.compile(
    r"(?:19|20|21)\d\d(?:[-/.](?:\d{1,2}|\d{2,4}))?(?:[-/.]\d{1,2})?|[QH][1-4](?:[ /-]?(?:\d\d|\d{4}))?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Hold the rows of a table as they are shown; the first has the number `first`, and 0 counts none.

    So many of the first rows are `headers` where the document tells; None lets the cells tell.
    """

    rows: Iterable[Row]
    headers: int | None = None
    first: int = 0


def write(text: TextBuilder, table: Grid) -> None:
    """Add a table: its title rows as caption, then each row under the names of its columns."""
    numbered = _numbered(table)
    top = list(islice(numbered, _SAMPLE))
    width = _width([row for _, row in top])
    titles = _titles([row for _, row in top], width) if table.headers is None else 0
    if said := "\n".join(filter(None, (_only(row) for _, row in top[:titles]))):
        text.add(said, PartKind.CAPTION)
    rest = [row for _, row in top[titles:]]
    count = _header_rows(rest) if table.headers is None else table.headers
    names = _names(rest[:count])
    if count and not rest[count:]:
        names, count = (), 0
    pairs = not names and width == _PAIR and _name_values(rest)
    for number, row in chain(top[titles + count :], numbered):
        if len(row) == 1 < width:
            text.add(row[0], PartKind.CAPTION)
        elif pairs and len(row) == _PAIR:
            text.row(row[:1], row[1:], number)
        else:
            text.row(names if names or width > 1 else ("",), row, number)


def _numbered(table: Grid) -> Iterator[tuple[int, Row]]:
    """Yield the rows that hold something, each with its number."""
    for at, row in enumerate(table.rows):
        cells = [" ".join(cell.split()) for cell in row]
        if any(cells):
            yield (table.first + at if table.first else 0), cells


def _width(rows: Sequence[Row]) -> int:
    """Return how many columns most rows have."""
    counts = Counter(map(len, rows))
    return max(counts, key=lambda width: (counts[width], width), default=0)


def _titles(rows: Sequence[Row], width: int) -> int:
    """Count the rows above a table that hold one cell, or a remark, and name no column."""
    count = 0
    for row in rows[:_MOST_TITLES]:
        single = len(set(filter(None, row))) == 1 and bool(row[0]) and not is_number(row[0])
        remark = row[0].startswith(("#", "//", "%")) and len(row) != width
        if width > 1 and (single or remark):
            count += 1
        else:
            break
    return count if count < len(rows) else 0


def _only(row: Row) -> str:
    return ", ".join(dict.fromkeys(filter(None, row))).lstrip("#/% ")


def _header_rows(rows: Sequence[Row]) -> int:
    """Tell whether the first row names the columns: words, or years over what are no years."""
    if not rows[1:]:
        return 0
    first, body = rows[0], rows[1:]
    columns = [[row[at] for row in body if at < len(row) and row[at]] for at in range(len(first))]
    if len(first) == 1:
        return int(not _NUMBER.fullmatch(first[0]) and bool(columns[0]) and all(map(is_number, columns[0])))
    named = [_may_name(cell, column) for cell, column in zip(first, columns, strict=True)]
    words = sum(bool(cell) and not is_number(cell) for cell in first)
    return int(all(named) and bool(words or not first[0]))


def _may_name(cell: str, column: Sequence[str]) -> bool:
    """Tell whether a cell may name the column below it: `40 kg` over `2 m` does not."""
    if not cell:
        return True
    if is_number(cell) or is_label(cell):
        alike = sum(map(is_label, column))
        return is_label(cell) and 2 * alike < max(len(column), 1)
    measured = _DIGIT.search(cell) and any(_DIGIT.search(value) and not is_number(value) for value in column)
    return cell not in column and not measured


def _name_values(rows: Sequence[Row]) -> bool:
    """Tell whether each row of a table without headers names one value: words that come once, then it."""
    names = [row[0] for row in rows]
    apart = len(names) > 1 and len(set(names)) == len(names)
    return apart and not any(_DIGIT.match(name) or is_number(name) for name in names)


def is_number(cell: str) -> bool:
    """Tell whether a cell holds an amount and nothing else."""
    return _NUMBER.fullmatch(cell) is not None


def is_label(cell: str) -> bool:
    """Tell whether a cell holds a year, month, day or quarter, which may name a column."""
    return _LABEL.fullmatch(cell) is not None


def _names(rows: Sequence[Row]) -> tuple[str, ...]:
    """Join the rows that name the columns, the upper name first."""
    width = max(map(len, rows), default=0)
    stacks = ([row[at] for row in rows if at < len(row) and row[at]] for at in range(width))
    return tuple(", ".join(dict.fromkeys(stack)) for stack in stacks)
