from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from graph.options import Options
from graph.records import Run
from tests.tools.documents.desk import NOW, Desk
from tests.tools.documents.fakes import HeldParser, LateParser
from tests.tools.documents.samples import docx, pdf
from tools.documents.formats import csv as csv_format
from tools.documents.formats import docx as docx_format
from tools.documents.formats import pdf as pdf_format
from tools.documents.overtime import Overtime
from tools.documents.refresh import NoArguments, Refresh


async def test_a_file_that_was_late_is_kept_in_part_and_tried_again(tmp_path: Path) -> None:
    """What was read in time can be found and is named as partial; the next run reads the file anew."""
    (tmp_path / "a.md").write_text("page 1, page 2")
    desk = Desk(tmp_path)
    late = Refresh(
        evidence=desk.evidence, index=desk.index, clock=lambda: NOW, parser=LateParser("page 1", "page 1,")
    )
    run = Run(id="r", question="q", options=desk.options, started=NOW)
    for read in ("page 1", "page 1,", "page 1, page 2"):
        said = await late.run(NoArguments(), run, lambda _: None)
        assert desk.index.only["a.md"].text.reveal() == read
        assert [gap.detail for gap in said.skipped] == (
            ["a.md: it takes too long to read, and was left after page 1"] if read != "page 1, page 2" else []
        )
    await desk.refresh()
    assert desk.parser.parsed == []


async def test_a_file_of_which_nothing_was_read_in_time_is_tried_again(tmp_path: Path) -> None:
    """It is named, and being late is not remembered as its fault."""
    (tmp_path / "a.md").write_text("words")
    desk = Desk(tmp_path)
    late = Refresh(evidence=desk.evidence, index=desk.index, clock=lambda: NOW, parser=LateParser(""))
    run = Run(id="r", question="q", options=desk.options, started=NOW)
    said = await late.run(NoArguments(), run, lambda _: None)
    assert any("takes longer than" in gap.detail for gap in said.skipped)
    assert (await late.run(NoArguments(), run, lambda _: None)).skipped == ()
    assert desk.index.only["a.md"].text.reveal() == "words"


async def test_a_slow_file_does_not_keep_others_from_being_read(tmp_path: Path) -> None:
    """While one file of one person is read, those of another are read and indexed."""
    mine, theirs = tmp_path / "mine", tmp_path / "theirs"
    for folder in (mine, theirs):
        folder.mkdir()
        (folder / "a.md").write_text("words")
    parser = HeldParser()
    desk = Desk(mine)
    tool = Refresh(evidence=desk.evidence, index=desk.index, clock=lambda: NOW, parser=parser)
    slow, quick = (
        Run(id=name, question="q", options=Options(docs=(str(folder),)), started=NOW)
        for name, folder in (("slow", mine), ("quick", theirs))
    )
    waiting = asyncio.create_task(tool.run(NoArguments(), slow, lambda _: None))
    await asyncio.to_thread(parser.begun.wait)
    assert (await tool.run(NoArguments(), quick, lambda _: None)).detail.startswith("1 document,")
    assert not waiting.done()
    parser.go_on.set()
    assert (await waiting).detail.startswith("1 document,")


def ending(given: Callable[..., Iterator[Any]], count: int) -> Callable[..., Iterator[Any]]:
    """Return what yields as before, until the time is over after so many."""

    def ends(*arguments: object) -> Iterator[Any]:
        yield from islice(given(*arguments), count)
        raise Overtime

    return ends


def test_a_pdf_is_kept_up_to_the_page_it_came_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two of three pages are text, and the remark names the last."""
    monkeypatch.setattr(pdf_format, "_pages", ending(pdf_format._pages, 2))
    read = pdf_format.parse(pdf("one", "two", "three"))
    assert (read.text.split(), read.late) == (["one", "two"], True)
    assert read.missing == "it takes too long to read, and was left after page 2"


def test_a_word_document_is_kept_up_to_the_paragraph_it_came_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """Paragraphs read in time are kept, and counted in the remark."""
    monkeypatch.setattr(docx_format._Writer, "blocks", ending(docx_format._Writer.blocks, 2))
    read = docx_format.parse(docx("one", "two", "three"))
    assert (read.text, read.late) == ("one\n\ntwo", True)
    assert read.missing == "it takes too long to read, and was left after 2 paragraphs and tables"


def test_a_table_is_kept_up_to_the_row_it_came_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows read in time are kept under their header."""
    monkeypatch.setattr(csv_format, "_rows", ending(csv_format._rows, 72))
    monkeypatch.setattr(csv_format, "_delimiter", lambda _: ",")
    read = csv_format.parse(b"a,b\n" + b"1,2\n" * 80)
    assert (read.text.splitlines(), read.late) == (["a: 1; b: 2"] * 71, True)
    assert read.missing == "it takes too long to read, and was left after row 72"


def test_the_time_of_a_process_ends_by_its_work_and_by_the_clock() -> None:
    """Busy or asleep, reading ends when its time is over; once it is lifted, nothing ends."""
    code = (
        "import time\nfrom tools.documents import overtime as o\n"
        "o.limit(0.2, 60); print(o.in_time(lambda: [None for _ in iter(int, 1)])[1])\n"
        "o.limit(60, 0.2); print(o.in_time(lambda: time.sleep(60))[1])\n"
        "o.limit(1.0, 1.0); o.lift(); time.sleep(1.5); print(o.gathered(range(3)))"
    )
    child = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert child.stdout.splitlines() == ["True", "True", "([0, 1, 2], False)"]
