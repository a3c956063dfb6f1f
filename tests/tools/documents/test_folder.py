from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from graph.errors import Misconfigured
from tools.documents.collection import collection
from tools.documents.folder import MOST_BYTES, listing
from tools.documents.names import shown


def put(path: Path, text: str = "words") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def details(*roots: Path) -> list[str]:
    return [unknown.detail for unknown in listing([str(root) for root in roots]).skipped]


def names(*roots: Path) -> list[str]:
    return list(listing([str(root) for root in roots]).files)


def test_files_are_listed_in_one_order_without_hidden_ones(tmp_path: Path) -> None:
    """Every visible file below a root is named relative to it; hidden ones and Word's locks are not there."""
    for name in ("b.md", "a.md", "sub/z.md", "sub/a.md", ".git/config", "sub/.hidden.md", "~$b.docx"):
        put(tmp_path / name)
    assert names(tmp_path) == ["a.md", "b.md", "sub/a.md", "sub/z.md"]
    assert not details(tmp_path)


def test_a_hidden_root_named_by_a_person_is_read(tmp_path: Path) -> None:
    """A folder that is hidden itself is read when it is a root."""
    put(tmp_path / ".notes" / "a.md")
    assert names(tmp_path / ".notes") == ["a.md"]


def test_several_roots_are_told_apart(tmp_path: Path) -> None:
    """Roots go by their last names, or whole where those are alike; no file is read twice."""
    one, two = put(tmp_path / "one" / "docs" / "a.md"), put(tmp_path / "two" / "docs" / "a.md")
    alone = put(tmp_path / "x.md")
    roots = [one.parent, two.parent, alone]
    assert names(*roots) == [f"{one.parent}/a.md", f"{two.parent}/a.md", "x.md"]
    assert names(one.parent, alone) == ["docs/a.md", "x.md"]
    assert names(alone) == ["x.md"]
    assert names(tmp_path, one.parent) == [
        f"{tmp_path.name}/{n}" for n in ("x.md", "one/docs/a.md", "two/docs/a.md")
    ]


def test_links_out_of_a_root_are_named_and_not_followed(tmp_path: Path) -> None:
    """A link to a file or folder outside, to nothing, or to itself is skipped by name."""
    root, outside = tmp_path / "root", put(tmp_path / "outside" / "secret.md")
    put(root / "a.md")
    (root / "file.md").symlink_to(outside)
    (root / "folder").symlink_to(outside.parent)
    (root / "broken.md").symlink_to(root / "nowhere.md")
    (root / "loop.md").symlink_to(root / "loop.md")
    (root / "up").symlink_to(root)
    (root / "0.md").symlink_to(root / "a.md")
    assert names(root) == ["a.md"]
    assert details(root) == [
        "broken.md: it is a link that leads nowhere",
        "file.md: it is a link that leaves the folder",
        "folder: it is a link that leaves the folder",
        "loop.md: it is a link that leads nowhere",
    ]


def test_links_into_a_hidden_folder_are_followed(tmp_path: Path) -> None:
    """Files mounted as Kubernetes does, as links into a hidden folder of the same root, are read once."""
    put(tmp_path / "..2026" / "a.md")
    (tmp_path / "..data").symlink_to("..2026")
    (tmp_path / "a.md").symlink_to("..data/a.md")
    assert names(tmp_path) == ["a.md"]
    assert listing([str(tmp_path)]).files["a.md"].path == str(tmp_path / "..2026" / "a.md")


def test_what_is_no_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pipes, sockets, empty and huge files are skipped by name without being opened."""
    os.mkfifo(tmp_path / "pipe.md")
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("sock.md")
    put(tmp_path / "empty.md", "")
    with (tmp_path / "huge.md").open("wb") as huge:
        huge.truncate(MOST_BYTES + 1)
    assert not names(tmp_path)
    assert details(tmp_path) == [
        "empty.md: it is empty",
        "huge.md: it is larger than 50 MB",
        "pipe.md: it is a named pipe, not a file",
        "sock.md: it is a socket, not a file",
    ]


def test_a_missing_root_is_the_operators_to_mend(tmp_path: Path) -> None:
    """A root that does not exist stops the run and is named."""
    with pytest.raises(Misconfigured, match=r"nowhere.*--docs"):
        listing([str(tmp_path / "nowhere")])


def test_names_that_cannot_be_stored_are_written_out(tmp_path: Path) -> None:
    """A name with undecodable, control or bidi characters is shown with escapes, and its file is read."""
    with open(os.fsencode(tmp_path) + b"/bad\xff.md", "wb") as file:  # noqa: PTH123  # pathlib takes no bytes
        file.write(b"x")
    assert names(tmp_path) == ["bad\\udcff.md"]
    put(tmp_path / "bad\\udcff.md")
    assert details(tmp_path) == ["bad\\udcff.md: another file is shown under the same name"]
    assert shown("a\u202eb\nc é 文.md") == "a\\u202eb\\nc é 文.md"


def test_a_fingerprint_changes_with_the_file(tmp_path: Path) -> None:
    """Another size or time gives another fingerprint; the same file gives the same."""
    path = put(tmp_path / "a.md")

    def look() -> str:
        return listing([str(tmp_path)]).files["a.md"].fingerprint

    first = look()
    assert look() == first
    os.utime(path, ns=(1, 1))
    assert look() != first


def test_a_collection_is_named_by_its_roots() -> None:
    """The id of a collection depends on the set of its roots alone."""
    assert collection(["/a", "/b"]) == collection(["/b", "/a", "/b"])
    assert collection(["/a", "/b"]) != collection(["/a/b"])
    assert len(collection(["/a\udcff"])) == 16
