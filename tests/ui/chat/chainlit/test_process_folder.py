"""Test the folder a process has among the temporary files."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ui.chat.chainlit.process_folder import PREFIX, process_folder, remove_abandoned

HOLD = (
    "import sys, time; from ui.chat.chainlit.process_folder import process_folder\n"
    "folder = process_folder(); (folder / 'session').mkdir()\n"
    "(folder / 'session' / 'a.txt').write_text('x')\n"
    "print(folder, flush=True); time.sleep(100)"
)


@pytest.fixture(autouse=True)
def _temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))


def test_what_a_killed_process_left_goes_at_the_next_start(tmp_path: Path) -> None:
    """A folder stays while its process lives, and is removed once that was killed."""
    with subprocess.Popen([sys.executable, "-c", HOLD], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        left = Path(process.stdout.readline().strip())
        first = process_folder()
        assert (left / "session" / "a.txt").is_file()
        process.send_signal(signal.SIGKILL)
        process.wait()
    second = process_folder()
    assert not left.exists()
    assert {first, second} == set(tmp_path.iterdir())


def test_nothing_else_among_the_temporary_files_is_removed(tmp_path: Path) -> None:
    """A link or a file under such a name, and folders of other names, stay with what they point at."""
    other = tmp_path / "other"
    other.mkdir()
    (other / "kept").write_text("kept")
    (tmp_path / f"{PREFIX}link").symlink_to(other)
    (tmp_path / f"{PREFIX}file").write_text("a file")
    remove_abandoned(tmp_path)
    assert (other / "kept").read_text() == "kept"
    assert {path.name for path in tmp_path.iterdir()} == {"other", f"{PREFIX}link", f"{PREFIX}file"}
