"""Serve Studio's graph as `attest studio` does, for a test to talk to."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

LIBRARY = Path(__file__).parents[2] / "evals" / "library" / "documents"
PAGE = "https://smith.langchain.com"
_SHOWN = re.compile(rf"^Studio: {PAGE}/studio/\?baseUrl=(http://127\.0\.0\.1:\d+)/(\S+)$", re.MULTILINE)
_START_SECONDS = 90.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Studio:
    """Say where the server is, and the token of its start."""

    url: str
    token: str

    @property
    def base(self) -> str:
        """Return the address that the Studio page is given."""
        return f"{self.url}/{self.token}"


@contextmanager
def studio(home: Path, more: Mapping[str, str] | None = None) -> Iterator[Studio]:
    """Start it as a person would, and stop it with everything it started."""
    log = home / "log"
    command = [sys.executable, "-P", "-m", "ui.cli", "studio", "--port", str(free_port())]
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "ATTEST_DOCS": str(LIBRARY),
        "PYTHONUTF8": "1",
        **(more or {}),
    }
    with log.open("w") as out:
        process = subprocess.Popen(
            command, cwd=home, env=environment, stdout=out, stderr=out, start_new_session=True
        )
    try:
        yield _shown(log, process)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def free_port() -> int:
    """Return a port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _shown(log: Path, process: subprocess.Popen[bytes]) -> Studio:
    """Wait for the address it shows; a server that shows it answers in a moment."""
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        if found := _SHOWN.search(log.read_text(encoding="utf-8")):
            return _answering(Studio(url=found[1], token=found[2]), until)
        time.sleep(0.2)
    raise AssertionError(log.read_text(encoding="utf-8")[-4000:])


def _answering(found: Studio, until: float) -> Studio:
    host, _, port = found.url.removeprefix("http://").partition(":")
    while time.monotonic() < until:
        try:
            socket.create_connection((host, int(port)), timeout=2).close()
        except OSError:
            time.sleep(0.1)
        else:
            return found
    raise AssertionError("it shows its address and does not listen")
