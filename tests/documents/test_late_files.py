from __future__ import annotations

import asyncio
from pathlib import Path

from graph.options import Options
from graph.records import Run
from tests.documents.desk import NOW, Desk
from tests.documents.fakes import HeldParser, LateParser
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
