"""Workbooks: xlsx, xlsm, xlsb, xls and ods."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import TypeAlias

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from graph.errors import Unusable
from tools.documents.formats.grid import Grid, Row, write
from tools.documents.formats.packed import check_zip
from tools.documents.overtime import OUT_OF_TIME, in_time
from tools.documents.parsed import Parsed
from tools.documents.read_progress import metered, portion
from tools.documents.text_builder import TextBuilder

_Value: TypeAlias = int | float | str | bool | time | date | datetime | timedelta
_Range: TypeAlias = tuple[tuple[int, int], tuple[int, int]]

_LONG = 40_000  # rows; fewer are read before anybody asks
_MOST_MERGED = 10_000
"""How many cells of one sheet may be told of by a merged range alone."""


def parse(data: bytes) -> Parsed:
    """Write each sheet under its name, a row to a line; a merged cell stands in each it covers.

    Raises Unusable when a password is needed or the file unpacks to more than a document does.
    """
    check_zip(data)
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(data))
    except PasswordError as error:
        raise Unusable("it is encrypted and needs a password") from error
    except CalamineError as error:
        raise Unusable(f"it is damaged or no workbook ({error})") from error
    text = TextBuilder()
    _, late = in_time(lambda: _write(text, workbook))
    missing = f"{OUT_OF_TIME} in row {text.row_number} of a sheet" if late else ""
    return text.build(missing=missing, late=late)


def _write(text: TextBuilder, workbook: CalamineWorkbook) -> None:
    """Add the sheets; a workbook of one sheet needs no heading for it."""
    count = len(workbook.sheet_names)
    for at, name in enumerate(workbook.sheet_names):
        sheet = workbook.get_sheet_by_name(name)
        if not sheet.height:
            continue
        text.at(sheet=name)
        text.apart()
        if count > 1:
            text.heading(name, 1)
        with portion(at / count, (at + 1) / count):
            write(text, Grid(rows=metered(_rows(sheet), sheet.height, _LONG), first=1))


def _rows(sheet: CalamineSheet) -> Iterator[Row]:
    """Yield the rows from the first of the sheet on, and the columns from the first that is used."""
    filled = _merged(sheet.merged_cell_ranges or [])
    left = sheet.start[1] if sheet.start else 0
    held: dict[tuple[int, int], str] = {}
    for at, values in enumerate(sheet.iter_rows()):
        row = [_shown(value) for value in values]
        for column in range(len(row)) if filled else ():
            place = (at, left + column)
            if (origin := filled.get(place)) == place:
                held[place] = row[column]
            elif origin:
                row[column] = held.get(origin, "")
        yield row


def _merged(ranges: list[_Range]) -> dict[tuple[int, int], tuple[int, int]]:
    """Return for each cell of a merged range the first cell, which holds the value."""
    cells: dict[tuple[int, int], tuple[int, int]] = {}
    for (top, left), (bottom, right) in ranges:
        if (bottom - top + 1) * (right - left + 1) + len(cells) > _MOST_MERGED:
            break
        covered = ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
        cells |= dict.fromkeys(covered, (top, left))
    return cells


def _shown(value: _Value) -> str:
    """Write a value as a person reads it: whole numbers without a point, days as ISO dates."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"  # noqa: PLR2004 - digits of a double
    if isinstance(value, datetime):
        midnight = value.time() == time(0)
        return value.date().isoformat() if midnight else value.isoformat(sep=" ", timespec="minutes")
    return value.isoformat() if isinstance(value, date | time) else str(value)
