"""Files that are attached to a conversation."""

from __future__ import annotations

import stat
from pathlib import Path
from uuid import UUID

import pytest

from graph.people import attachments
from graph.people.attachments import IncomingFile, folder_of, has_files, keep_files

THREAD = str(UUID(int=7))


def incoming(tmp_path: Path, name: str, content: bytes = b"# A tower\n\nIt stands.\n") -> IncomingFile:
    path = tmp_path / f"sent-{len(list(tmp_path.glob('sent-*')))}"
    path.write_bytes(content)
    return IncomingFile(name=name, path=path)


def kept(tmp_path: Path, *files: IncomingFile) -> tuple[Path, list[tuple[str, str]]]:
    folder = folder_of(tmp_path / "home", "ann", THREAD)
    return folder, [(each.name, each.reason) for each in keep_files(files, folder, lambda: 0.0)]


def test_a_readable_file_is_kept_for_its_owner_alone(tmp_path: Path) -> None:
    """Nobody else on the machine reads what a person attached."""
    folder, told = kept(tmp_path, incoming(tmp_path, "notes.md"))
    assert told == [("notes.md", "")]
    assert stat.S_IMODE((folder / "notes.md").stat().st_mode) == 0o600
    assert {stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.parents[:2])} == {0o700}
    assert has_files(folder)


@pytest.mark.parametrize(
    "name", ["../../notes.md", "/etc/notes.md", "..\\..\\notes.md", "C:\\notes.md", "a/../notes.md"]
)
def test_a_name_leads_nowhere_else(tmp_path: Path, name: str) -> None:
    """A path in a name is cut down to its last part."""
    folder, told = kept(tmp_path, incoming(tmp_path, name))
    assert told == [("notes.md", "")]
    assert [path.name for path in folder.iterdir()] == ["notes.md"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (".md", "md"),
        (".hidden.md", "hidden.md"),
        ("a\u202eb\n.md", "a\ufffdb .md"),
        ("tower: a plan?.md", "tower_ a plan_.md"),
    ],
)
def test_a_name_neither_hides_nor_acts(tmp_path: Path, name: str, shown: str) -> None:
    """What hides a file or turns its name around is not kept in it."""
    _, told = kept(tmp_path, incoming(tmp_path, name))
    assert told[0][0] == shown


def test_other_kinds_of_files_are_named_with_what_can_be_read(tmp_path: Path) -> None:
    """A person who sends a program learns which files are read, and nothing is kept."""
    folder, told = kept(tmp_path, incoming(tmp_path, "setup.exe"))
    assert "not read" in told[0][1]
    assert ".pdf" in told[0][1]
    assert not has_files(folder)


def test_a_file_that_is_too_large_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit of the documents holds for what is attached."""
    monkeypatch.setattr(attachments, "MOST_BYTES", 10)
    folder, told = kept(tmp_path, incoming(tmp_path, "large.md"))
    assert "larger than" in told[0][1]
    assert not has_files(folder)


@pytest.mark.parametrize(("name", "content"), [("broken.pdf", b"%PDF-1.4 no"), ("empty.md", b"")])
def test_what_cannot_be_read_is_named_with_the_reason(tmp_path: Path, name: str, content: bytes) -> None:
    """The document reader tries each file at once; one it cannot read does not stay."""
    folder, told = kept(tmp_path, incoming(tmp_path, name, content))
    assert told[0][0] == name
    assert told[0][1].startswith("it is ")
    assert not has_files(folder)


def test_the_same_name_twice_keeps_both_and_the_same_file_once(tmp_path: Path) -> None:
    """Nothing is overwritten, and sending a file again does not double it."""
    one, other = incoming(tmp_path, "notes.md"), incoming(tmp_path, "notes.md", b"# Another\n\nText.\n")
    _, told = kept(tmp_path, one, other, one, other)
    assert [name for name, _ in told] == ["notes.md", "notes (2).md", "notes.md", "notes (2).md"]


def test_a_conversation_holds_so_many_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One conversation cannot fill the disk."""
    monkeypatch.setattr(attachments, "MOST_FILES", 1)
    _, told = kept(tmp_path, incoming(tmp_path, "a.md"), incoming(tmp_path, "b.md"))
    assert [bool(reason) for _, reason in told] == [False, True]


def test_an_account_that_is_no_file_name_has_its_own_folder(tmp_path: Path) -> None:
    """Two names never share a folder, and none leads out of the uploads."""
    folders = {folder_of(tmp_path, name, THREAD) for name in ("..", "../ann", "ann", "a/b")}
    assert len(folders) == 4
    assert {folder.parents[1] for folder in folders} == {tmp_path / "uploads"}


def test_a_thread_is_a_uuid(tmp_path: Path) -> None:
    """A forged name of a conversation makes no folder."""
    with pytest.raises(ValueError, match="UUID"):
        folder_of(tmp_path, "ann", "../../x")
