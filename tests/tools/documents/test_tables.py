from __future__ import annotations

import pytest

from graph.outline import PartKind, context, place_at
from graph.untrusted import Untrusted
from tools.documents.formats.grid import Grid, write
from tools.documents.formats.table import parse
from tools.documents.parsed import Parsed
from tools.documents.text_builder import TextBuilder


def lines(data: str, suffix: str = ".csv") -> list[str]:
    return parse(suffix, data.encode()).text.split("\n")


@pytest.mark.parametrize(
    "header",
    [
        "Town,2019,2020",
        "Town,Q1 2021,Q2 2021",
        "Town,2024-01,2024-02",
        "Town,Year 2019,Year 2020",
        ",2019,2020",
    ],
)
def test_a_header_that_holds_numbers_names_its_columns(header: str) -> None:
    """Years, quarters and months over values are names, not values."""
    town, first, second = header.split(",")
    named = f"{town}: Vik" if town else "Vik"
    assert lines(f"{header}\nVik,83.1,-5\nAar,67.2,4\n")[0] == f"{named}; {first}: 83.1; {second}: -5"


@pytest.mark.parametrize("data", ["-5,3\n-7,4\n", "2024-01-01,5\n2024-01-02,6\n", "1999,2001\n2003,2005\n"])
def test_numbers_over_their_like_are_values(data: str) -> None:
    """A table that begins with values has no header, and its columns go by their numbers."""
    first, second = data.split("\n", maxsplit=1)[0].split(",")
    assert lines(data)[0] == f"column 1: {first}; column 2: {second}"


def test_a_table_of_names_and_values_is_read_line_by_line() -> None:
    """Two columns without a header, the first of names: each row says one value of one thing."""
    assert lines("Weight,40 kg\nHeight,2 m\n") == ["Weight: 40 kg", "Height: 2 m"]


@pytest.mark.parametrize("rows", [[], [[]], [["", " "]]])
def test_a_table_that_holds_nothing_adds_nothing(rows: list[list[str]]) -> None:
    """A table without a filled cell is left out."""
    text = TextBuilder()
    write(text, Grid(rows=rows))
    assert text.build().text == ""


@pytest.mark.parametrize("mark", [";", "\t", "|", "^", "~"])
def test_decimal_commas_part_no_cells(mark: str) -> None:
    """A comma within numbers gives rows as many cells, and is not what parts them."""
    assert lines(f"Apples{mark}1,5\nPears{mark}2,5\n")[0] == "Apples: 1,5"


@pytest.mark.parametrize("mark", [",", ";", "\t", "|", "^", "~"])
def test_every_usual_sign_between_cells_is_found(mark: str) -> None:
    """What parts the cells is what gives all rows the same number of them."""
    rows = [["name", "note"], ["Apples", "red and sweet"], ["Pears", "green"]]
    assert lines("\n".join(mark.join(row) for row in rows))[0] == "name: Apples; note: red and sweet"


@pytest.mark.parametrize(
    ("data", "row"),
    [
        ("a;b\n1,5;2,5\n3,5;4,5\n", "a: 1,5; b: 2,5"),
        ("Ort;Anteil\nBonn;12,4 %\nAar;1.073,1 %\n", "Ort: Bonn; Anteil: 12,4 %"),
        (
            'id,text\n1,"He said: ""no""; then left; and"\n2,plain\n',
            'id: 1; text: He said: "no"; then left; and',
        ),
        ('name,note\nApples,"red\nand sweet"\nPears,"green, soft"\n', "name: Apples; note: red and sweet"),
    ],
)
def test_cells_hold_what_a_spreadsheet_shows(data: str, row: str) -> None:
    """Decimal commas, quoted signs and line breaks within a cell part no cells."""
    assert lines(data)[0] == row


def test_the_sign_that_a_file_names_is_taken() -> None:
    """The line `sep=;`, which Excel writes, is obeyed and is no row."""
    assert lines("sep=;\nname;price\nApples, red;1.99\n") == ["name: Apples, red; price: 1.99"]


def test_what_stands_above_a_table_leads_its_rows() -> None:
    """Title rows and remarks are the caption; rows keep the number a spreadsheet shows."""
    data = "Quarterly sales,,\nunits: EUR,,\n,,\nProduct,Q1,Q2\nBolts,10,\nNuts,20,22\n"
    parsed = parse(".csv", data.encode())
    at = parsed.text.index("Product: Nuts")
    assert parsed.text.endswith("Product: Bolts; Q1: 10; Q2:\nProduct: Nuts; Q1: 20; Q2: 22")
    assert context(parsed.outline, at).reveal() == "Quarterly sales\nunits: EUR"
    assert place_at(parsed.outline, Untrusted(parsed.text), at).row == 6
    remarks = parse(".csv", b"# exported by hand\n# units: EUR\nname,price\nApples,2\nPears,3\n")
    assert remarks.text.startswith("exported by hand\nunits: EUR\n\nname: Apples; price: 2")


def test_one_column_is_a_list() -> None:
    """Words in one column stand alone; over numbers, the first names them."""
    assert lines("Apples\nPears\n") == ["Apples", "Pears"]
    assert lines("Depth\n12\n14\n") == ["Depth: 12", "Depth: 14"]


MARKDOWN = (
    "# Towns\n\nIn thousands.\n\n| Town | 2020 | 2021 |\n|---|---|---|\n| Vik | | 5.5 |\n| Aar | 7 | 8 |\n"
)
HTML = """<html><title>Towns</title><body><article><h1>Towns</h1><p>All of the figures are in thousands.</p>
<table><caption>Towns, yearly</caption><tr><th rowspan=2>Town</th><th colspan=2>People</th></tr>
<tr><th>2020</th><th>2021</th></tr><tr><td>Vik<td><td>5.5</tr><tr><td>Aar</td><td colspan=2>8</td></tr>
</table></article></body></html>"""


def test_a_row_of_markdown_names_its_columns() -> None:
    """A table in Markdown is stored as rows that can be quoted alone, under what leads to it."""
    parsed = parse(".md", MARKDOWN.encode())
    assert parsed.text.endswith("Town: Vik; 2020:; 2021: 5.5\nTown: Aar; 2020: 7; 2021: 8")
    assert context(parsed.outline, len(parsed.text) - 1).reveal() == "Towns\nIn thousands."


def test_a_row_of_a_page_repeats_what_spans_it() -> None:
    """Headers of two rows are joined, and a cell that spans several columns or rows stands in each."""
    parsed = parse(".html", HTML.encode())
    assert parsed.text.endswith(
        "Town: Vik; People, 2020:; People, 2021: 5.5\nTown: Aar; People, 2020: 8; People, 2021: 8"
    )
    assert context(parsed.outline, len(parsed.text) - 1).reveal() == "Towns\nTowns, yearly"


def kinds(parsed: Parsed) -> list[PartKind]:
    return [part.kind for part in parsed.outline]


def test_a_table_that_arranges_a_page_is_no_table() -> None:
    """What stands in the columns of a layout is read as paragraphs and headings."""
    page = "<body><table><tr><td><h2>Left</h2><p>One.</p></td><td><p>Two.</p></td></tr></table></body>"
    parsed = parse(".html", page.encode())
    assert kinds(parsed) == [PartKind.HEADING, PartKind.PROSE]
    assert parsed.text == "## Left\n\nOne.\n\nTwo."
