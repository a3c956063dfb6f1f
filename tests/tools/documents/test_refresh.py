from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from graph.errors import Misconfigured
from graph.events import Indexing
from graph.records import Result, source_id
from tests.tools.documents.desk import Desk
from tests.tools.documents.samples import docx, encrypted, pdf, unpacked, zipped
from tools.documents import folder
from tools.documents import refresh as refresh_module
from tools.documents.folder import Listing, listing
from tools.documents.formats.table import stamp
from tools.documents.parsed import Parsed


async def test_a_document_is_kept_and_indexed(tmp_path: Path) -> None:
    """Text, title, date, place and time of reading are stored; each passage points into the stored text."""
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.md").write_text(
        "---\ntitle: Terns\ndate: 2026-01-02\n---\nTerns dive. They eat fish.\r\n"
    )
    desk = Desk(tmp_path)
    result = await desk.refresh()
    entry = desk.index.only["sub/a.md"]
    snapshot = desk.evidence.kept[entry.source.id]
    assert snapshot.text.reveal() == entry.text.reveal() == "Terns dive. They eat fish."
    assert entry.source.id == source_id(snapshot.text.reveal())
    assert snapshot.source.title.reveal() == entry.source.title.reveal() == "Terns"
    assert (snapshot.source.location, snapshot.source.published) == ("sub/a.md", "2026-01-02")
    assert snapshot.source.retrieved_at == "2026-05-28T20:26:40+00:00"
    assert [entry.text.reveal()[span.start : span.end] for span in entry.passages] == [entry.text.reveal()]
    assert {span.source for span in entry.passages} == {entry.source.id}
    assert result == Result(detail="1 document, 1 read again, 0 skipped")


async def test_only_what_changed_is_read_again(tmp_path: Path) -> None:
    """A second run reads nothing; then only the file that changed; a file that is gone leaves the index."""
    for name in ("a.md", "b.md", "c.md"):
        (tmp_path / name).write_text(f"Text of {name}.")
    desk = Desk(tmp_path)
    assert (await desk.refresh()).detail == "3 documents, 3 read again, 0 skipped"
    updates = desk.index.updates
    assert (await desk.refresh()).detail == "3 documents, 0 read again, 0 skipped"
    assert (desk.parser.parsed, desk.index.updates) == ([], updates)
    (tmp_path / "b.md").write_text("Another text.")
    (tmp_path / "c.md").unlink()
    assert (await desk.refresh()).detail == "2 documents, 1 read again, 0 skipped"
    assert desk.parser.parsed == [".md"]
    assert {name: entry.text.reveal() for name, entry in desk.index.only.items()} == {
        "a.md": "Text of a.md.",
        "b.md": "Another text.",
    }


async def test_a_renamed_file_has_its_new_name_alone(tmp_path: Path) -> None:
    """The text of a file that was renamed is cited by the name it has today."""
    (tmp_path / "old.md").write_text("Vik is a port.")
    desk = Desk(tmp_path)
    await desk.refresh()
    (tmp_path / "old.md").rename(tmp_path / "new.md")
    assert (await desk.refresh()).detail == "1 document, 1 read again, 0 skipped"
    assert {name: entry.source.location for name, entry in desk.index.only.items()} == {"new.md": "new.md"}


async def test_files_are_read_again_after_an_upgrade_of_their_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new release of the code that reads them, and nothing else, reads all files of its kind again."""
    for name in ("a.md", "b.md", "c.csv"):
        (tmp_path / name).write_text("Vik;a port")
    desk = Desk(tmp_path)
    await desk.refresh()
    monkeypatch.setattr(folder, "stamp", lambda suffix: "new" if suffix == ".md" else stamp(suffix))
    desk.events.clear()
    assert (await desk.refresh()).detail == "3 documents, 2 read again, 0 skipped"
    assert desk.parser.parsed == [".md", ".md"]
    assert desk.events[-1] == Indexing(done=2, total=2)
    assert (await desk.refresh()).detail == "3 documents, 0 read again, 0 skipped"


async def test_offsets_are_stable_under_re_reading(tmp_path: Path) -> None:
    """Reading the same bytes again gives the same source and the same passages in every format."""
    (tmp_path / "a.pdf").write_bytes(pdf("Terns dive. " * 60))
    (tmp_path / "b.docx").write_bytes(docx("Terns dive. " * 60))
    (tmp_path / "c.html").write_text(
        "<html><body><article><p>" + "Terns dive. " * 60 + "</p></article></body></html>"
    )
    desk = Desk(tmp_path)
    await desk.refresh()
    before = {name: (entry.source, entry.passages) for name, entry in desk.index.only.items()}
    for name in before:
        os.utime(tmp_path / name, ns=(1, 1))
    await desk.refresh()
    assert len(desk.parser.parsed) == 3
    assert before == {name: (entry.source, entry.passages) for name, entry in desk.index.only.items()}


def bad_files(folder: Path) -> dict[str, str]:
    """Write one file of each kind that cannot be read; return the reasons by name."""
    bomb = unpacked(docx("x")) | {"word/bomb.xml": b"\x00" * (257 << 20)}
    files = {
        "binary.txt": (bytes(range(256)) * 40, "it is a binary file, not text"),
        "blank.md": (b" \n\n\t \n", "it has no text"),
        "bomb.docx": (zipped(bomb), "it unpacks to more than 256 MB"),
        "broken.pdf": (pdf("words")[:300], "it is damaged or no .pdf file (PdfiumError)"),
        "empty.csv": (b"", "it is empty"),
        "locked.pdf": (encrypted(pdf("words"), "secret"), "it is encrypted and needs a password"),
        "old.docx": (b"\xd0\xcf\x11\xe0" * 99, "it is damaged or no .docx file"),
        "photo.png": (
            b"\x89PNG\r\n\x1a\n" + b"\x00\x01" * 999,
            "it is a binary file of a kind that is not read (.png)",
        ),
        "scan.pdf": (pdf(""), "it has no text; it may be a scan"),
    }
    for name, (data, _) in files.items():
        (folder / name).write_bytes(data)
    os.mkfifo(folder / "pipe.md")
    return {name: reason for name, (_, reason) in files.items()} | {
        "pipe.md": "it is a named pipe, not a file"
    }


async def test_every_bad_file_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    """Each unreadable file is skipped with its reason in plain words, and all others are indexed."""
    reasons = bad_files(tmp_path)
    (tmp_path / "good.md").write_text("Good words.")
    (tmp_path / "Makefile").write_text("all:\n\techo text of an unknown kind\n")
    desk = Desk(tmp_path)
    result = await desk.refresh()
    assert {unknown.detail for unknown in result.skipped} == {
        f"{name}: {why}" for name, why in reasons.items()
    }
    assert {unknown.kind for unknown in result.skipped} == {"unreadable"}
    assert {name for name, entry in desk.index.only.items() if entry.passages} == {"good.md", "Makefile"}
    assert result.detail == f"2 documents, {len(desk.parser.parsed) + 1} read again, {len(reasons)} skipped"


async def test_an_unchanged_broken_file_is_named_again_and_not_parsed_again(tmp_path: Path) -> None:
    """What could not be read is said on every run, and is tried again only when the file changes."""
    bad_files(tmp_path)
    desk = Desk(tmp_path)
    first = await desk.refresh()
    second = await desk.refresh()
    assert desk.parser.parsed == []
    assert second.skipped == first.skipped
    (tmp_path / "broken.pdf").write_bytes(pdf("mended words"))
    third = await desk.refresh()
    assert desk.parser.parsed == [".pdf"]
    assert set(first.skipped) - set(third.skipped) == {
        u for u in first.skipped if u.detail.startswith("broken.pdf") or u.kind == "no_documents"
    }
    assert desk.index.only["broken.pdf"].text.reveal() == "mended words"


async def test_a_missing_part_is_named_on_every_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A document that was read in part is indexed, counts as a document, and its gap is said each time."""
    (tmp_path / "a.md").write_text("x")
    desk = Desk(tmp_path)
    monkeypatch.setattr(
        desk.parser, "parse", lambda *_: Parsed(text="Words.", missing="page 2 cannot be read")
    )
    first, second = await desk.refresh(), await desk.refresh()
    assert [unknown.detail for unknown in second.skipped] == ["a.md: page 2 cannot be read"]
    assert (first.detail, second.detail) == (
        "1 document, 1 read again, 0 skipped",
        "1 document, 0 read again, 0 skipped",
    )
    assert desk.index.only["a.md"].passages


@pytest.mark.parametrize("missing", ["", "page 3 cannot be read"])
async def test_what_may_be_read_wrongly_is_said_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    """A page that was recognised is no page that cannot be read, and is named on every run."""
    (tmp_path / "a.md").write_text("x")
    desk = Desk(tmp_path)
    unsure = "page 2 of 3 was read by text recognition"
    parsed = Parsed(text="Words.", missing=missing, unsure=unsure)
    monkeypatch.setattr(desk.parser, "parse", lambda *_: parsed)
    for result in (await desk.refresh(), await desk.refresh()):
        said = {unknown.kind: unknown.detail for unknown in result.skipped}
        assert said["unsure_text"] == f"a.md: {unsure}"
        assert said.get("unreadable", "") == (f"a.md: {missing}" if missing else "")
    assert desk.index.only["a.md"].passages


async def test_a_file_the_system_keeps_back_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that may not be opened is named, not remembered, and read once it may be."""
    (tmp_path / "a.md").write_text("words")
    desk = Desk(tmp_path)
    real = os.open

    def refuse(path: str, flags: int) -> int:
        if str(path).endswith("a.md"):
            raise PermissionError(13, "Permission denied")
        return real(path, flags)

    with monkeypatch.context() as patch:
        patch.setattr("tools.documents.document_reader.os.open", refuse)
        result = await desk.refresh()
    told = [unknown.detail for unknown in result.skipped if unknown.kind != "no_documents"]
    assert told == ["a.md: it cannot be opened (Permission denied)"]
    assert (await desk.refresh()).detail == "1 document, 1 read again, 0 skipped"


async def test_a_file_swapped_for_a_link_or_a_pipe_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What takes a file's place between looking and reading is neither followed nor waited for."""
    (tmp_path / "docs").mkdir()
    for name in ("a.md", "b.md", "c.md"):
        (tmp_path / "docs" / name).write_text("words")
    (tmp_path / "secret.md").write_text("SECRET")
    desk = Desk(tmp_path / "docs")

    def swap(roots: Sequence[str]) -> Listing:
        found = listing(roots)
        for name in ("a.md", "b.md"):
            (tmp_path / "docs" / name).unlink()
        (tmp_path / "docs" / "a.md").symlink_to(tmp_path / "secret.md")
        os.mkfifo(tmp_path / "docs" / "b.md")
        return found

    monkeypatch.setattr(refresh_module, "listing", swap)
    result = await asyncio.wait_for(desk.refresh(), 60)
    assert [unknown.detail.partition(":")[0] for unknown in result.skipped] == ["a.md", "b.md"]
    assert list(desk.index.only) == ["c.md"]


async def test_progress_is_announced_by_batches(tmp_path: Path) -> None:
    """A person sees how many of the changed documents are read, and nothing when none changed."""
    for number in range(130):
        (tmp_path / f"{number:03}.md").write_text(f"Text {number}.")
    desk = Desk(tmp_path)
    await desk.refresh()
    assert desk.events == [Indexing(done=done, total=130) for done in (64, 128, 130)]
    await desk.refresh()
    assert len(desk.events) == 3


async def test_large_files_make_small_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is held in memory together is bounded by size, not only by number."""
    monkeypatch.setattr(refresh_module, "_BATCH_BYTES", 1000)
    for name in "abc":
        (tmp_path / name).write_text("Word. " * 100)
    desk = Desk(tmp_path)
    await desk.refresh()
    assert [event.done for event in desk.events if isinstance(event, Indexing)] == [2, 3]


async def test_a_missing_root_removes_nothing(tmp_path: Path) -> None:
    """An unmounted folder stops the run with its name, and what was indexed of it stays."""
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "a.md").write_text("words")
    desk = Desk(docs)
    await desk.refresh()
    docs.rename(tmp_path / "elsewhere")
    with pytest.raises(Misconfigured, match="docs"):
        await desk.refresh()
    assert list(desk.index.only) == ["a.md"]
    desk.options = replace(desk.options, docs=())
    with pytest.raises(Misconfigured, match="--docs"):
        await desk.refresh()
