"""Where Chainlit takes its files from."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from ui.chat.chainlit.chainlit_folder import MARKER, ROOT, remove_generated
from ui.terminal.exits import Code

CONFIG = "the default"


def littered(root: Path, shipped: Path) -> None:
    for folder in (".files", ".chainlit/translations"):
        (root / folder).mkdir(parents=True)
    (root / ".chainlit" / "config.toml").write_text(CONFIG)
    shipped.mkdir()
    for place in (shipped, root / ".chainlit" / "translations"):
        (place / "en-US.json").write_text("{}")


def test_what_was_just_made_is_taken_back(tmp_path: Path) -> None:
    """Nothing stays in the folder somebody happened to be in."""
    littered(tmp_path, tmp_path / "shipped")
    remove_generated(tmp_path, CONFIG, tmp_path / "shipped", time.time())
    assert [path.name for path in tmp_path.iterdir()] == ["shipped"]


def test_what_somebody_made_stays(tmp_path: Path) -> None:
    """A configuration that was there before, or was changed, or a file that waits, is not ours to remove."""
    littered(tmp_path, tmp_path / "shipped")
    remove_generated(tmp_path, CONFIG, tmp_path / "shipped", time.time() + 3600)
    remove_generated(tmp_path, "another default", tmp_path / "shipped", time.time())
    assert (tmp_path / ".chainlit" / "translations" / "en-US.json").is_file()
    (tmp_path / ".files").mkdir(exist_ok=True)
    (tmp_path / ".files" / "sent").write_text("x")
    remove_generated(tmp_path, CONFIG, tmp_path / "shipped", time.time())
    assert [path.name for path in tmp_path.iterdir() if path.name != "shipped"] == [".files"]


def test_the_page_finds_its_elements() -> None:
    """The mark by which the folder is known is there."""
    assert (ROOT / MARKER).is_file()


def test_nothing_in_the_folder_hides_a_module() -> None:
    """Chainlit puts the folder first on the path: no name in it may be one that others import."""
    names = {path.stem for path in ROOT.glob("*.py")} | {
        path.parent.name for path in ROOT.glob("*/__init__.py")
    }
    taken = {
        *sys.stdlib_module_names,
        "graph",
        "nodes",
        "tools",
        "guards",
        "evals",
        "tests",
        "chainlit",
        "ui",
    }
    assert not names & taken


def test_it_starts_from_any_folder_and_leaves_nothing_there(tmp_path: Path) -> None:
    """`chainlit run` with no folder set restarts in ours, serves our elements and leaves no file behind."""
    work = tmp_path / "work"
    work.mkdir()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CHAINLIT")}
    environment |= {"ATTEST_HOME": str(tmp_path / "home"), "CHAINLIT_PORT": "0"}
    command = [sys.executable, "-m", "chainlit", "run", str(ROOT / "app.py"), "--headless"]
    with (tmp_path / "log").open("w+") as log:
        process = subprocess.Popen(command, cwd=work, env=environment, stdout=log, stderr=log)
        try:
            for _ in range(200):
                if "Your app is available" in (tmp_path / "log").read_text() or process.poll() is not None:
                    break
                time.sleep(0.25)
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()
    said = (tmp_path / "log").read_text()
    assert "Your app is available" in said, said
    assert "log in as admin with the password" in said
    assert list(work.iterdir()) == []


def test_each_process_has_a_folder_of_its_own_for_files(tmp_path: Path) -> None:
    """Two servers share no folder that the first to end would remove, and nobody else may look in."""
    script = (
        "from ui.chat.chainlit.chainlit_folder import use_process_folder; use_process_folder()\n"
        "from chainlit import config, server\n"
        "assert config.FILES_DIRECTORY is server.FILES_DIRECTORY\n"
        "print(config.FILES_DIRECTORY, oct(config.FILES_DIRECTORY.stat().st_mode & 0o777))"
    )
    environment = {**os.environ, "CHAINLIT_APP_ROOT": str(ROOT), "TMPDIR": str(tmp_path)}
    said = [
        subprocess.check_output([sys.executable, "-c", script], env=environment, text=True).split()
        for _ in range(2)
    ]
    assert len({folder for folder, _ in said}) == len(said)
    assert {(Path(folder).parent, mode) for folder, mode in said} == {(tmp_path, "0o700")}


def test_what_an_operator_must_mend_ends_the_start_in_one_line(tmp_path: Path) -> None:
    """A setting that cannot be used ends `attest chat` as misuse, with the way out and no traceback."""
    environment = {**os.environ, "ATTEST_HOME": str(tmp_path), "ATTEST_OAUTH_DOMAINS": "@example.org"}
    command = [sys.executable, "-m", "ui.cli", "chat", "--port", "1"]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=100)
    assert ended.returncode == Code.MISUSE
    assert ended.stderr.splitlines() == [
        "attest: ATTEST_OAUTH_DOMAINS holds '@example.org': write example.org, with commas between domains"
    ]
