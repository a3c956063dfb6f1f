"""Every command a page shows can be typed."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from typer.main import get_command

from evals.suite import SUITES
from tests.docs.pages import ROOT, documents, marked, page
from ui.cli import app

CODE = re.compile(r"^```bash\n(.*?)^```|`([^`\n]+)`", re.MULTILINE | re.DOTALL)
GOES_ON = {0, 5}  # done, or waiting for the person whom the next command plays


def commands(first: str, text: str) -> Iterator[list[str]]:
    """Yield the words of each command in the code of a text that begins with a word."""
    for found in CODE.finditer(text):
        for line in (found[1] or found[2]).splitlines():
            if line.startswith(f"{first} "):
                yield shlex.split(line, comments=True)


def everywhere(first: str) -> list[list[str]]:
    """Return the commands of all documents that begin with a word."""
    return [words for path in documents() for words in commands(first, path.read_text(encoding="utf-8"))]


def test_every_make_target_exists() -> None:
    """What the documents say to make, make knows."""
    targets = {words[1] for words in everywhere("make")}
    assert {"ask", "test", "studio", "lint"} <= targets
    subprocess.run(["make", "-n", "Q=why", *sorted(targets)], cwd=ROOT, check=True, capture_output=True)


def test_every_attest_command_and_option_exists() -> None:
    """What the documents say to ask `attest`, it understands."""
    group = get_command(app)
    known = getattr(group, "commands", {})
    shown = everywhere("attest")
    assert {words[1] for words in shown} >= set(known)
    for _, first, *words in shown:
        command = group if first.startswith("--") else known[first]
        within = getattr(command, "commands", {})
        command = within.get(words[0], command) if words else command
        spelled = {"--help", *(spelling for option in command.params for spelling in option.opts)}
        assert {word for word in (first, *words) if word.startswith("--")} <= spelled, (first, words)


def test_every_eval_suite_exists() -> None:
    """What the documents say to measure can be measured."""
    measured = [words[3] for words in everywhere("python") if words[1:3] == ["-m", "evals"] and words[3:]]
    suites = {suite for suite in measured if suite.isalpha()}
    assert suites
    assert suites <= set(SUITES)


def test_the_walk_through_works(tmp_path: Path) -> None:
    """The commands of docs/commands.md run in their order on an empty home, and none fails."""
    (tmp_path / "evals").symlink_to(ROOT / "evals")
    environment = {
        **os.environ,
        "ATTEST_HOME": str(tmp_path / "home"),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    for line in marked("walk", page("docs/commands.md")).splitlines():
        if not line.startswith("#"):
            done = subprocess.run(
                ["bash", "-c", line],
                cwd=tmp_path,
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode in GOES_ON, f"{line}\n{done.stderr}"
    assert (tmp_path / "reports" / "marlin" / "report.json").is_file()
