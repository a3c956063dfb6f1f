from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from graph.events import Indexing
from tests.tools.documents.desk import Desk
from tests.tools.documents.samples import zipped
from tools.documents.read_progress import listening, metered, portion, told


def test_who_listens_is_told_and_nobody_else() -> None:
    """A share is told to the listener of this thread as long as it listens."""
    heard: list[float] = []
    told(0.1)
    assert listening(heard.append, lambda: told(0.5)) is None
    told(0.9)
    assert heard == [0.5]


def test_it_is_told_in_steps() -> None:
    """However often a reader tells, a listener hears of each twentieth of a file once."""
    heard: list[float] = []
    listening(heard.append, lambda: list(metered(range(1000), total=1000, long=1)))
    assert heard[:2] == [0.05, 0.1]
    assert len(heard) <= 20


def test_a_part_counts_for_its_portion() -> None:
    """What lies in an archive tells of itself alone, and is heard as a part of the whole."""
    heard: list[float] = []

    def work() -> None:
        with portion(0.5, 0.9):
            list(metered("abcd", total=4, long=4))

    listening(heard.append, work)
    assert heard == pytest.approx([0.6, 0.7, 0.8, 0.9])


def test_what_is_short_is_told_less() -> None:
    """Of a file that is read before anybody asks nothing is told."""
    heard: list[float] = []
    listening(heard.append, lambda: list(metered("abcd", total=4, long=100)))
    assert heard == []


@pytest.mark.parametrize("suffix", [".xlsx", ".zip"])
async def test_of_workbooks_and_archives_it_is_told_too(tmp_path: Path, suffix: str) -> None:
    """Sheets, and the files in an archive, each move it on by their portion."""
    data = (
        workbook(sheets=4)
        if suffix == ".xlsx"
        else zipped({f"{at}.txt": b"Vik is a port." for at in range(4)})
    )
    (tmp_path / f"fees{suffix}").write_bytes(data)
    desk = Desk(tmp_path)
    await desk.refresh()
    parts = [event.part for event in desk.events if isinstance(event, Indexing)]
    assert parts == [*(f"{share} of fees{suffix}" for share in ("25%", "50%", "75%", "100%")), ""]


def workbook(sheets: int) -> bytes:
    """Make a workbook of some small sheets."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream) as made:
        for at in range(sheets):
            made.add_worksheet(f"Sheet {at}").write_row("A1", ["Vik", 12])
    return stream.getvalue()


async def test_of_a_large_file_it_is_told_how_far_it_is_read(tmp_path: Path) -> None:
    """While a table of some megabytes is read in a child, its share grows; at the end all is read."""
    row = "Aar,12,15,a note on the fee of this town\n"
    (tmp_path / "fees.csv").write_text("town,2020,2021,note\n" + row * (5 * 1024 * 1024 // len(row)), "utf-8")
    desk = Desk(tmp_path)
    await desk.refresh()
    parts = [event.part for event in desk.events if isinstance(event, Indexing)]
    assert parts == ["20% of fees.csv", "40% of fees.csv", "60% of fees.csv", "80% of fees.csv", ""]
