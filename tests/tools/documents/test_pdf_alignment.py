from __future__ import annotations

from collections.abc import Sequence

from tools.documents.formats.pdf_alignment import Columns
from tools.documents.formats.pdf_line import PdfLine, Rectangle


def row(*parts: tuple[str, float, float]) -> Sequence[PdfLine]:
    return [PdfLine(text=text, box=Rectangle(left, 0.0, right, 10.0), page=1) for text, left, right in parts]


VALUES = [row(("Vik", 0, 30), ("3", 100, 105), ("4", 140, 145)), row(("Orm", 0, 28), ("11", 95, 105))]


def test_a_blank_that_no_row_crosses_parts_two_columns() -> None:
    """What stands in two columns at once hides neither, and an empty place is no blank between columns."""
    columns = Columns([*VALUES, row(("Vik and Orm", 0, 102), ("9", 140, 145))])
    assert columns.count == 3
    assert [columns.of(part) for part in VALUES[0]] == [[0], [1], [2]]


def test_a_name_between_two_columns_stands_above_both() -> None:
    """A name is put above what it reaches over; the first column, that of the rows, is none of them."""
    columns, below = Columns(VALUES), row(("2019", 92, 112), ("2020", 132, 152))
    assert columns.above(row(("Ships", 112, 132))[0], below) == [1, 2]
    assert columns.above(row(("Ships", 92, 112))[0], below) == [1]
    assert columns.above(row(("Port and ships", 0, 112))[0], below) == [0]


def test_a_row_that_juts_out_is_not_held() -> None:
    """Text wider than a table is not of it, nor what stands in several columns and is no name."""
    columns = Columns(VALUES)
    assert columns.hold(row(("Aar", 0, 30)))
    assert not columns.hold(row(("All ships of the year", 0, 110)))
    assert columns.hold(row(("Ships of the year", 95, 145)), spanning=True)
    assert not columns.hold(row(("Ships", 95, 105), ("of the year", 110, 300)), spanning=True)
