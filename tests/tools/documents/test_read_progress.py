from __future__ import annotations

from pathlib import Path

from graph.events import Indexing
from tests.tools.documents.desk import Desk
from tools.documents.read_progress import listening, told


def test_who_listens_is_told_and_nobody_else() -> None:
    """A share is told to the listener of this thread as long as it listens."""
    heard: list[float] = []
    told(0.1)
    assert listening(heard.append, lambda: told(0.5)) is None
    told(0.9)
    assert heard == [0.5]


async def test_of_a_large_file_it_is_told_how_far_it_is_read(tmp_path: Path) -> None:
    """While a table of some megabytes is read in a child, its share grows; at the end all is read."""
    row = "Aar,12,15,a note on the fee of this town\n"
    (tmp_path / "fees.csv").write_text("town,2020,2021,note\n" + row * (5 * 1024 * 1024 // len(row)), "utf-8")
    desk = Desk(tmp_path)
    await desk.refresh()
    parts = [event.part for event in desk.events if isinstance(event, Indexing)]
    assert parts == ["20% of fees.csv", "40% of fees.csv", "60% of fees.csv", "80% of fees.csv", ""]
