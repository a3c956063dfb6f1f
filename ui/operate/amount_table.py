"""Lay out rows in columns of a terminal, or as CSV."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from guards.visible_text import one_line

_FORMULA = ("=", "+", "-", "@")


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], *, left: frozenset[int]) -> str:
    """Align cells in columns, numbers to the right; `left` names the columns of words."""
    lines = [[one_line(cell) for cell in row] for row in (headings, *rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if at in left else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def cut_table(headings: Sequence[str], rows: Sequence[Sequence[str]], columns: int) -> list[str]:
    """Align words to the left, and cut each line to so many columns."""
    lines = [[one_line(cell) for cell in row] for row in (headings, *rows)]
    *widths, _ = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return [_cut("  ".join([*map(str.ljust, line, widths), line[-1]]), columns) for line in lines]


def _cut(line: str, columns: int) -> str:
    return line if len(line) <= columns else f"{line[: columns - 1]}…"


def csv_table(rows: Sequence[Mapping[str, object]], headings: Sequence[str]) -> str:
    """Write rows as CSV (RFC 4180, lines ended by a line feed)."""
    import csv  # noqa: PLC0415  # only one option needs it
    from io import StringIO  # noqa: PLC0415  # as above

    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(headings)
    writer.writerows([_cell(row[heading]) for heading in headings] for row in rows)
    return out.getvalue()


def _cell(value: object) -> str:
    """Return a cell that no spreadsheet reads as a formula."""
    text = one_line(str(value))
    return f"'{text}" if text.startswith(_FORMULA) else text
