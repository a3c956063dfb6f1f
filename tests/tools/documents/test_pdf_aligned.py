from __future__ import annotations

import pytest

from tests.tools.documents.printed import Paper
from tools.documents.formats.table import parse

BERTHS = (("Berth", "Length", "Fee"), ("A1", "12 m", "15 euros"), ("B2", "20 m", "28 euros"))


def blocks(paper: Paper) -> list[str]:
    return parse(".pdf", paper.bytes()).text.split("\n\n")


def test_columns_below_a_row_of_names_are_a_table() -> None:
    """A table without any line is read by its columns, and the text around it stays text."""
    paper = Paper().lines("Berths are let by the year.", top=50).aligned(*BERTHS)
    assert blocks(paper.lines("All of them have power and water.", top=90)) == [
        "Berths are let by the year.",
        "Berth: A1; Length: 12 m; Fee: 15 euros\nBerth: B2; Length: 20 m; Fee: 28 euros",
        "All of them have power and water.",
    ]


def test_an_empty_cell_shifts_nothing() -> None:
    """Years name columns, and a value stands below its year where the one before it is missing."""
    paper = Paper().aligned(("Country", "2019", "2020"), ("France", "", "67.2"), ("Norway", "5.3", "5.4"))
    assert blocks(paper) == ["Country: France; 2019:; 2020: 67.2\nCountry: Norway; 2019: 5.3; 2020: 5.4"]


def test_cells_of_several_lines_are_one_cell() -> None:
    """The rest of a name or of a text belongs to the row it began in."""
    paper = Paper().aligned(
        ("Part", "Use", "Price"),
        ("Valve", "opens", "12.50"),
        ("", "the pipe", ""),
        ("Seals and rings", "", ""),
        ("of rubber", "close it", "3.10"),
        ("Pump", "moves", "99.00"),
        ("", "water", ""),
    )
    assert blocks(paper)[0].split("\n") == [
        "Part: Valve; Use: opens the pipe; Price: 12.50",
        "Part: Seals and rings of rubber; Use: close it; Price: 3.10",
        "Part: Pump; Use: moves water; Price: 99.00",
    ]


def test_a_heading_between_rows_is_a_row_of_its_own() -> None:
    """Names of groups do not end a table, not even right below its header."""
    paper = Paper().aligned(
        ("Item", "Q1", "Q2"), ("Income",), ("Sales", "10", "12"), ("Costs",), ("Rent", "2", "3")
    )
    assert "Item: Rent; Q1: 2; Q2: 3" in blocks(paper)[0]


def test_a_name_above_several_columns_names_each() -> None:
    """Of two rows of names the upper one stands before the lower one of each column below it."""
    paper = Paper().lines("Ships by year", left=96, top=54)
    paper.aligned(
        ("Port", "2019", "2020", "Sum"), ("Vik", "3", "4", "7"), ("Orm", "1", "2", "3"), at=(20, 95, 115, 140)
    )
    assert blocks(paper)[0].startswith("Port: Vik; Ships by year, 2019: 3; Ships by year, 2020: 4; Sum: 7")


PROSE = (
    ("The harbour of Vik is old", "and it was built in 1902"),
    ("by a town which then paid", "12 million for two moles"),
    ("and for the cranes that", "have stood there since"),
    ("the spring of that year.", "1903 saw the first ship."),
)


@pytest.mark.parametrize(
    "rows",
    [
        PROSE,
        (("Contents", ""), ("1 Depths", "3"), ("2 Traffic", "5"), ("3 Outlook", "9")),
        (("1.", "Open the valve."), ("2.", "Wait for 3 minutes."), ("3.", "Close the valve.")),
        (("[1]", "A. Berg, 2019."), ("[2]", "B. Vik, 2020."), ("[3]", "C. Orm, 2021.")),
        (("x = 3", "(1)"), ("y = 4", "(2)"), ("z = 5", "(3)")),
        (("Vik, 3 May", "Port office"), ("Dear Ms Berg", ""), ("Quay 4", "5003 Bergen")),
    ],
)
def test_what_only_stands_in_line_is_no_table(rows: tuple[tuple[str, ...], ...]) -> None:
    """Prose in columns, contents, lists, references and formulas have no row that names their columns."""
    assert ": " not in parse(".pdf", Paper().aligned(*rows, at=(20, 95)).bytes()).text
