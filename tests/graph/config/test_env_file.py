from __future__ import annotations

from pathlib import Path

import pytest

from graph.config.env_file import MOST_BYTES, EnvFile, read_env_file
from graph.errors import Misconfigured


def file(tmp_path: Path, content: bytes) -> EnvFile:
    path = tmp_path / ".env"
    path.write_bytes(content)
    found = read_env_file(path)
    assert found is not None
    return found


def test_relative_paths_begin_at_the_folder_of_the_file(tmp_path: Path) -> None:
    """A file means the same wherever the command is started."""
    content = b"ATTEST_HOME=home\nATTEST_DOCS=a:/b\nATTEST_DATABASE_URL=sqlite:///kept.db\nOTHER=x/y\n"
    assert file(tmp_path, content).values() == {
        "ATTEST_HOME": f"{tmp_path}/home",
        "ATTEST_DOCS": f"{tmp_path}/a:/b",
        "ATTEST_DATABASE_URL": f"sqlite:///{tmp_path}/kept.db",
        "OTHER": "x/y",
    }


@pytest.mark.parametrize("content", [b"A=\xff\xfe", b"A=a\0b"])
def test_what_is_no_text_is_refused(tmp_path: Path, content: bytes) -> None:
    """The message names the file."""
    with pytest.raises(Misconfigured, match=r"\.env is no text"):
        file(tmp_path, content).values()


def test_a_missing_file_is_none_and_a_huge_one_refused(tmp_path: Path) -> None:
    """No file of settings is read whole before its size is known."""
    assert read_env_file(tmp_path / "none") is None
    with pytest.raises(Misconfigured, match="64 KiB"):
        file(tmp_path, b"#" * (MOST_BYTES + 1))
