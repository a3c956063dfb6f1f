"""A server in a process of its own, which a test starts, kills and listens to."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.docs.pages import ROOT
from tests.ui.server.web.house import QUESTION

PATIENCE = 100.0


@dataclass(kw_only=True)
class Told:
    """One event as it came over the wire."""

    id: str
    event: str
    data: dict[str, Any]


@dataclass(kw_only=True)
class Server:
    """A process that serves the API, which a test starts and kills; `database` is the address of one."""

    home: Path
    seconds: float
    database: str = field(default="", repr=False)
    port: int = 0
    process: subprocess.Popen[bytes] | None = None
    token: str = field(default="", repr=False)

    async def start(self) -> None:
        """Start it and wait until it is ready."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process = self._opened()
        async with self.client() as client:
            for _ in range(int(PATIENCE * 10)):
                try:
                    if (await client.get("/ready")).status_code == 200:
                        return
                except httpx.TransportError:
                    await asyncio.sleep(0.1)
        raise TimeoutError("the server does not start")

    def _opened(self) -> subprocess.Popen[bytes]:
        arguments = [str(self.home), str(self.port), str(self.seconds), self.database]
        return subprocess.Popen([sys.executable, "-m", "tests.ui.server.web.server", *arguments], cwd=ROOT)

    def kill(self) -> None:
        """End it as a power cut would."""
        if self.process and self.process.poll() is None:
            os.kill(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def client(self) -> httpx.AsyncClient:
        """Return a client of ann's."""
        headers = {"authorization": f"Bearer {self.token}"}
        return httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{self.port}", headers=headers, timeout=PATIENCE, trust_env=False
        )

    async def asked(self, **options: object) -> str:
        """Start a run."""
        async with self.client() as client:
            reply = await client.post("/api/runs", json={"question": QUESTION, "options": options})
            return str(reply.json()["run_id"])

    async def listen(self, run_id: str, after: str = "") -> AsyncIterator[Told]:
        """Yield the events of a run, as a browser reads them."""
        headers = {"last-event-id": after} if after else {}
        async with (
            self.client() as client,
            client.stream("GET", f"/api/runs/{run_id}/events", headers=headers) as reply,
        ):
            if reply.status_code == 204:
                return
            assert reply.headers["content-type"].startswith("text/event-stream")
            lines: dict[str, str] = {}
            async for line in reply.aiter_lines():
                name, _, value = line.partition(": ")
                if line:
                    lines[name] = value
                elif "data" in lines:
                    yield Told(id=lines["id"], event=lines["event"], data=json.loads(lines["data"]))
                    lines = {}

    async def all(self, run_id: str, after: str = "") -> list[Told]:
        """Return every event of a run to its end."""
        return [told async for told in self.listen(run_id, after)]
