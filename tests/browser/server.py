"""A server of the chat, as `attest chat` starts it, that can be killed and started again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[2]
LIBRARY = ROOT / "evals" / "library" / "documents"
START_SECONDS = 90.0
PASSWORD = "correct horse battery"  # noqa: S105  # of accounts that live as long as a test


def free_port() -> int:
    """Return a port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(slots=True, kw_only=True)
class ChatServer:
    """Serve the chat on `port` with a home of its own; `more` are settings beside the defaults."""

    home: Path
    more: Mapping[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Return where it is."""
        return f"http://127.0.0.1:{self.port}"

    def environment(self) -> dict[str, str]:
        """Return what a server needs to run, and nothing of this process's settings."""
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "PYTHONUTF8": "1",
            "ATTEST_HOME": str(self.home / "attest"),
            "ATTEST_DOCS": str(LIBRARY),
            "ATTEST_LOGIN_RATE": "1000/minute",
            **self.more,
        }

    def attest(self, *arguments: str, stdin: str = "") -> str:
        """Run a command in the home of the server; return what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "ui.cli", *arguments],
            cwd=ROOT,
            env=self.environment(),
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def account(self, name: str, role: str = "analyst") -> None:
        """Let a person log in."""
        self.attest("users", "add", name, "--role", role, "--password-stdin", stdin=f"{PASSWORD}\n")

    def start(self) -> None:
        """Start and wait until it answers; the log lies beside its home."""
        with (self.home / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "ui.cli", "chat", "--port", str(self.port)],
                cwd=ROOT,
                env=self.environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._wait()

    def kill(self) -> None:
        """End it as a power cut would, with every process it started."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process = None

    def stop(self) -> None:
        """End it, if it still runs."""
        if self.process is not None:
            self.kill()

    def log(self) -> str:
        """Return what it printed."""
        return (self.home / "server.log").read_text(encoding="utf-8", errors="replace")

    def _wait(self) -> None:
        assert self.process is not None
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            if self.process.poll() is not None:
                break
            try:
                if httpx.get(f"{self.url}/health", timeout=2).status_code == httpx.codes.OK:
                    return
            except httpx.TransportError:
                time.sleep(0.2)
        raise AssertionError(f"the server did not come up:\n{self.log()}")
