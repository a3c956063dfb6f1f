"""Test that what is kept is kept for its owner alone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from graph.private_files import close_to_others, make_file, make_folder


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


@pytest.fixture(params=[0o000, 0o022, 0o077, 0o277])
def _umask(request: pytest.FixtureRequest) -> object:
    before = os.umask(request.param)
    yield None
    os.umask(before)


@pytest.mark.usefixtures("_umask")
def test_no_umask_opens_or_locks_what_is_made(tmp_path: Path) -> None:
    """Folders are 0700 and files 0600, whether the umask would give more or less."""
    make_folder(tmp_path / "home" / "deep")
    make_file(tmp_path / "home" / "deep" / "file")
    made = [tmp_path / "home", tmp_path / "home" / "deep", tmp_path / "home" / "deep" / "file"]
    assert [mode(path) for path in made] == [0o700, 0o700, 0o600]


def test_what_is_there_is_not_touched(tmp_path: Path) -> None:
    """Making what exists changes neither its content nor its mode: it may be the folder of others."""
    tmp_path.chmod(0o755)
    (tmp_path / "file").write_text("kept")
    (tmp_path / "file").chmod(0o640)
    make_folder(tmp_path)
    make_file(tmp_path / "file")
    assert (mode(tmp_path), mode(tmp_path / "file")) == (0o755, 0o640)
    assert (tmp_path / "file").read_text() == "kept"


def test_an_open_home_is_closed_with_all_that_is_in_it(tmp_path: Path) -> None:
    """A home that others may enter is closed to them, and what links point at outside is not changed."""
    home, outside = tmp_path / "home", tmp_path / "outside"
    (home / "uploads").mkdir(parents=True)
    outside.write_text("not ours to close")
    (home / "uploads" / "a.txt").write_text("words")
    (home / "link").symlink_to(outside)
    for path, given in ((home, 0o755), (home / "uploads", 0o777), (home / "uploads" / "a.txt", 0o644)):
        path.chmod(given)
    outside.chmod(0o644)
    close_to_others(home)
    assert [mode(p) for p in (home, home / "uploads", home / "uploads" / "a.txt")] == [0o700, 0o700, 0o600]
    assert mode(outside) == 0o644


def test_a_home_that_is_a_link_is_left(tmp_path: Path) -> None:
    """A link in place of a home closes nothing elsewhere."""
    (tmp_path / "real").mkdir(mode=0o755)
    (tmp_path / "home").symlink_to(tmp_path / "real")
    close_to_others(tmp_path / "home")
    assert mode(tmp_path / "real") == 0o755
