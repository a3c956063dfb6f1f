"""Tables as delimited text."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Literal, TypeAlias

from tools.documents.decode import decode
from tools.documents.formats.grid import Grid, Row, write
from tools.documents.overtime import OUT_OF_TIME, in_time
from tools.documents.parsed import Parsed
from tools.documents.read_progress import metered
from tools.documents.text_builder import TextBuilder

Quoting: TypeAlias = Literal[0, 3]

# Of two that part all rows alike, the one that is rarer within cells: 1,5;2,5 holds numbers with commas.
_DELIMITERS = "\t;|^~,:"
_SAMPLE = 50
_MOST_LINES = 50
_LONG = 20 * 1024 * 1024  # characters; a shorter text is read before anybody asks
_SAID = re.compile(r"sep=(.)\n", re.IGNORECASE)


def parse(data: bytes) -> Parsed:
    """Write each row as one line, `header: value; header: value`, so that it can be quoted alone.

    Rows count as a spreadsheet counts them. Lines whose quotes do not close are taken as they stand.
    """
    written = decode(data).replace("\r\n", "\n").replace("\r", "\n")
    said = _SAID.match(written)
    written = written[said.end() :] if said else written
    delimiter = said[1] if said else _delimiter(written)
    text = TextBuilder()
    quoting: Quoting = csv.QUOTE_MINIMAL if _closes(written, delimiter) else csv.QUOTE_NONE
    lines = metered(_lines(written), len(written), _LONG, len)
    table = Grid(rows=_rows(lines, delimiter, quoting), first=1)
    _, late = in_time(lambda: write(text, table))
    missing = f"{OUT_OF_TIME} after row {text.row_number}" if late else ""
    return text.build(missing=missing, late=late)


def _lines(written: str) -> Iterator[str]:
    """Yield lines with their ends, one at a time: a million at once would take four times the text."""
    at = 0
    while at < len(written):
        end = written.find("\n", at) + 1 or len(written)
        yield written[at:end]
        at = end


def _closes(written: str, delimiter: str) -> bool:
    """Tell whether every quote that opens a cell closes soon."""
    if '"' not in written:
        return True
    try:
        for row in _rows(_lines(written), delimiter, csv.QUOTE_MINIMAL):
            if any(cell.count("\n") > _MOST_LINES for cell in row):
                return False
    except csv.Error:
        return False
    return True


def _rows(lines: Iterable[str], delimiter: str, quoting: Quoting) -> Iterator[Row]:
    return csv.reader(lines, delimiter=delimiter, quoting=quoting, skipinitialspace=True)


def _delimiter(written: str) -> str:
    """Return what parts the cells: the sign that gives the most rows the same number of cells."""
    lines = list(islice(_lines(written[: _SAMPLE * 4096]), _SAMPLE))
    return max(_DELIMITERS, key=lambda mark: _evenness(lines, mark))


def _evenness(lines: Sequence[str], delimiter: str) -> float:
    """Return the share of sample rows that have the usual number of cells; one column counts for nothing."""
    try:
        widths = [len(row) for row in _rows(lines, delimiter, csv.QUOTE_MINIMAL) if any(row)]
    except csv.Error:
        return 0.0
    (width, count), *_ = Counter(widths).most_common(1) or [(0, 0)]
    return count / len(widths) if width > 1 else 0.0
