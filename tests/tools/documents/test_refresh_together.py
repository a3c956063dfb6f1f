from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from graph.ports import IndexedDocument
from tests.tools.documents.desk import Desk
from tools.documents import refresh as refresh_module
from tools.documents.decode import decode
from tools.documents.folder import Listing, listing


async def test_runs_at_once_read_each_file_once(tmp_path: Path) -> None:
    """Of many runs that find the same folder new, one reads it and the others find the work done."""
    for number in range(20):
        (tmp_path / f"{number}.md").write_text(f"Text {number}.")
    (tmp_path / "broken.pdf").write_bytes(b"no pdf")
    desk = Desk(tmp_path)
    results = await asyncio.gather(*(desk.refresh() for _ in range(10)))
    assert len(desk.parser.parsed) == 21
    assert {result.skipped for result in results} == {results[0].skipped}
    assert max(result.detail for result in results) == "20 documents, 21 read again, 1 skipped"


async def test_a_cancelled_waiter_harms_nobody(tmp_path: Path) -> None:
    """A run that is stopped while it waits for another, or while it reads, leaves the turn free."""
    for number in range(50):
        (tmp_path / f"{number}.md").write_text(f"Text {number}.")
    desk = Desk(tmp_path)
    runs = [asyncio.create_task(desk.refresh()) for _ in range(4)]
    await asyncio.sleep(0.01)
    runs[0].cancel()
    runs[2].cancel()
    await asyncio.gather(*runs, return_exceptions=True)
    assert (await desk.refresh()).detail == "50 documents, 0 read again, 0 skipped"


def test_two_event_loops_share_one_tool(tmp_path: Path) -> None:
    """Runs in threads of their own, each with its own loop, read a folder together without harm."""
    for number in range(40):
        (tmp_path / f"{number}.md").write_text(f"Text {number}.")
    desk = Desk(tmp_path)
    threads = [threading.Thread(target=lambda: asyncio.run(desk.refresh())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(desk.index.only) == 40


async def test_what_another_process_adds_meanwhile_is_not_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A document indexed by somebody else after this run looked is not taken for gone."""
    (tmp_path / "a.md").write_text("words")
    (tmp_path / "old.md").write_text("words")
    desk = Desk(tmp_path)
    await desk.refresh()
    (tmp_path / "old.md").unlink()
    (name,) = desk.index.entries
    update, known = desk.index.update, desk.index.only["a.md"]
    added = replace(known, source=replace(known.source, location="new.md"), fingerprint="other")

    async def meanwhile(collection: str, entries: Sequence[IndexedDocument], removed: Sequence[str]) -> None:
        desk.index.entries[name]["new.md"] = added
        await update(collection, entries, removed)

    monkeypatch.setattr(desk.index, "update", meanwhile)
    await desk.refresh()
    assert set(desk.index.only) == {"a.md", "new.md"}


async def test_a_document_that_came_back_is_not_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that was gone when this run looked, and that another has read since, stays in the index."""
    (tmp_path / "a.md").write_text("words")
    (tmp_path / "back.md").write_text("words")
    desk = Desk(tmp_path)
    await desk.refresh()
    (tmp_path / "back.md").unlink()

    def look(roots: Sequence[str]) -> Listing:
        found = listing(roots)
        desk.index.only["back.md"] = replace(desk.index.only["back.md"], fingerprint="newer")
        return found

    monkeypatch.setattr(refresh_module, "listing", look)
    await desk.refresh()
    assert set(desk.index.only) == {"a.md", "back.md"}


async def test_the_loop_stays_free_while_files_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading and parsing happen in other threads, so other runs go on."""
    (tmp_path / "a.md").write_text("words")
    desk, loop_thread, seen = Desk(tmp_path), threading.get_ident(), set[int]()

    def note(data: bytes, declared: str | None = None) -> str:
        seen.add(threading.get_ident())
        return decode(data, declared)

    monkeypatch.setattr("tools.documents.formats.markdown.decode", note)
    await desk.refresh()
    assert seen
    assert loop_thread not in seen
