from __future__ import annotations

from dataclasses import replace

from tests.tools.documents.test_pdf_alignment import row
from tools.documents.formats.pdf_alignment import Columns, Row
from tools.documents.formats.pdf_bands import cells


def lower(rows: Row, by: float) -> Row:
    return [
        replace(one, box=one.box._replace(bottom=one.box.bottom - by, top=one.box.top - by)) for one in rows
    ]


def test_bands_meet_half_way_between_rows() -> None:
    """Each word lies in one cell, whichever row it stands nearer to."""
    body = [lower(row(("Vik", 0, 30), ("3", 100, 105)), 20), lower(row(("Orm", 0, 30), ("4", 100, 105)), 40)]
    table = cells([row(("Port", 0, 30), ("Ships", 90, 115))], body, Columns(body))
    assert [[cell.bottom if cell else None for cell in line] for line in table] == [
        [-5, -5],
        [-25, -25],
        [-41, -41],
    ]
    assert [cell.left if cell else None for cell in table[0]] == [-1.0, 65.0]


def test_a_name_above_two_columns_is_one_cell_of_both() -> None:
    """The upper row of a header has one cell where its name spans columns, the lower one a cell for each."""
    body = [lower(row(("Vik", 0, 30), ("3", 100, 105), ("4", 140, 145)), by) for by in (40, 60)]
    header = [
        row(("Ships", 110, 135)),
        lower(row(("Port", 0, 30), ("2019", 92, 112), ("2020", 132, 152)), 20),
    ]
    upper, names, *_ = cells(header, body, Columns(body))
    assert upper[1] == upper[2] != upper[0]
    assert len(set(names)) == 3
