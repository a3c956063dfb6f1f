"""The command behaves as a process should: fast to start, quick to stop, quiet when nobody listens."""

import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ui.fake_app import HANGS, RUN_ID

PATIENCE = 120.0
"""How many seconds to wait for a process of a loaded machine."""
ROOT = Path(__file__).parents[3]
ASK = ("ask", "Which plant opened first?", "--docs", "docs")
HEAVY = {"langgraph", "langchain_core", "pydantic", "trafilatura", "rich", "asyncio", "psycopg"}


def environment() -> dict[str, str]:
    """Return what a process needs to find the house, and nothing of this one's settings."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(Path.cwd()),
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        "TERM": "xterm",
    }


def start(mode: str, *arguments: str) -> subprocess.Popen[bytes]:
    """Start the command with an application that hangs, blocks or finishes."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.ui.with_fake_app", mode, *arguments],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("ask", "--help"),
        ("show", "--help"),
        ("tools", "--help"),
        ("stop", "--help"),
        ("stop", "nothing"),
        ("runs",),
        ("runs", "--limit", "x"),
    ],
)
def test_little_is_imported_to_start(arguments: tuple[str, ...]) -> None:
    """Help and the list of runs wait for no package they do not need; only a value may need pydantic."""
    code = (
        "import sys\nfrom ui.cli import main\ntry:\n    main()\nfinally:\n"
        "    print('MODULES', *{name.partition('.')[0] for name in sys.modules}, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    loaded = set(done.stderr.partition("MODULES ")[2].split())
    assert loaded & HEAVY <= ({"pydantic"} if {"x", "nothing"} & {*arguments} else set())


@pytest.mark.parametrize("mode", ["hang", "block"])
def test_ctrl_c_stops_at_once_and_says_how_to_go_on(mode: str) -> None:
    """One Ctrl-C is enough, even while a thread that nobody can stop is at work."""
    with start(mode, *ASK) as process:
        until(HANGS.exists, process)
        process.send_signal(signal.SIGINT)
        try:
            out, err = process.communicate(timeout=PATIENCE)  # it would hang for an hour
        finally:
            process.kill()
    assert (process.returncode, out) == (130, b"")
    assert Path("ended").exists() == (mode == "hang"), "only what cannot be cancelled is abandoned"
    assert err.decode().splitlines()[-1] == f"stopped; nothing is lost: attest resume {RUN_ID}"


def test_a_reader_that_has_enough_is_no_error() -> None:
    """`attest ask … | head -1` ends as the run did, without a word about pipes."""
    with start("finish", *ASK) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        err = process.stderr.read().decode()
    assert process.returncode == 0
    assert "Broken" not in err
    assert "Traceback" not in err


def test_a_log_gets_plain_lines() -> None:
    """Without a terminal there is no escape sequence in either stream, not even one a source sent."""
    out, err = start("finish", *ASK).communicate(timeout=PATIENCE)
    assert b"\x1b" not in out + err
    lines = err.decode().splitlines()
    assert re.fullmatch(r" +\d+\.\d s  Plan the research", lines[0])
    assert "read 40 of 40 documents" in lines[1]
    assert any("done documents.search (find ␛[31mred) in 0.2 s, 3 found, $0.0015" in line for line in lines)


def until(happened: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    """Wait until something happened; fail where the process ends or takes too long."""
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.02)


def read_terminal(primary: int, process: subprocess.Popen[bytes]) -> str:
    """Read what a terminal gets until the process ends."""
    shown, deadline = b"", time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if select.select([primary], [], [], 0.1)[0]:
            try:
                shown += os.read(primary, 65536)
            except OSError:
                break
        elif process.poll() is not None:
            break
    return shown.decode()


def test_a_terminal_gets_a_live_and_harmless_show() -> None:
    """A person sees phases, calls and the rendered report; nothing a source said acts on the terminal."""
    primary, secondary = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.ui.with_fake_app", "finish", *ASK],
        env=environment(),
        stdin=secondary,
        stdout=secondary,
        stderr=secondary,
    )
    os.close(secondary)
    shown = read_terminal(primary, process)
    assert process.wait(timeout=PATIENCE) == 0
    os.close(primary)
    for words in (
        "Plan the research",
        "read 40 of 40 documents",
        "documents.search",
        "Sources",
        "[bold]x[/bold]",
    ):
        assert words in shown
    assert "\x1b]" not in shown, "no title, link or clipboard sequence"
    assert "\x1b[31m" not in shown
    assert "find ␛[31mred" in shown
