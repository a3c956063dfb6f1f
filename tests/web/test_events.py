"""A listener over a real server loses nothing: when it drops, when it comes late, when the server is killed."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.docs.pages import ROOT
from tests.web.house import QUESTION, people

PATIENCE = 60.0


@dataclass(kw_only=True)
class Told:
    """One event as it came over the wire."""

    id: str
    event: str
    data: dict[str, Any]


@dataclass(kw_only=True)
class Server:
    """A process that serves the API, which a test starts and kills."""

    home: Path
    seconds: float
    port: int = 0
    process: subprocess.Popen[bytes] | None = None
    token: str = field(default="", repr=False)

    async def start(self) -> None:
        """Start it and wait until it is ready."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        command = [
            sys.executable,
            "-m",
            "tests.web.server",
            str(self.home),
            str(self.port),
            str(self.seconds),
        ]
        self.process = subprocess.Popen(command, cwd=ROOT)
        async with self.client() as client:
            for _ in range(int(PATIENCE * 10)):
                try:
                    if (await client.get("/ready")).status_code == 200:
                        return
                except httpx.TransportError:
                    await asyncio.sleep(0.1)
        raise TimeoutError("the server does not start")

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


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """Have a server that takes half a second for a call."""
    _, tokens = people(tmp_path)
    made = Server(home=tmp_path, seconds=0.5, token=tokens["ann"])
    yield made
    made.kill()


async def test_a_listener_that_drops_loses_nothing(server: Server) -> None:
    """Cut off after each event and back with its id, a listener hears every event once; then 204 ends it."""
    await server.start()
    run_id = await server.asked()
    pieces: list[Told] = []
    for _ in range(100):
        after = pieces[-1].id if pieces else ""
        came = False
        async for told in server.listen(run_id, after):
            pieces.append(told)
            came = True
            break
        if not came:
            break
    whole = await server.all(run_id)
    assert [told.id for told in pieces] == [told.id for told in whole]
    assert len({told.id for told in whole}) == len(whole)
    assert whole[-1].event == "finished"
    assert whole[-1].data["report"]["status"] == "complete"
    async with server.client() as client:
        late = await client.get(f"/api/runs/{run_id}/events", params={"after": whole[-1].id})
        assert late.status_code == 204


async def test_a_run_goes_on_without_listeners(server: Server) -> None:
    """Nobody listens, and the report is there all the same."""
    await server.start()
    run_id = await server.asked()
    async for _ in server.listen(run_id):
        break
    async with server.client() as client:
        began = time.monotonic()
        while (await client.get(f"/api/runs/{run_id}")).json()["status"] == "running":
            assert time.monotonic() - began < PATIENCE
            await asyncio.sleep(0.1)
        assert "1971" in (await client.get(f"/api/runs/{run_id}/report")).json()["answer"]


async def test_a_killed_server_goes_on_where_it_was(server: Server) -> None:
    """Killed within a call and started again: listening takes the run up, and its report comes."""
    server.seconds = 3.0
    await server.start()
    run_id = await server.asked()
    last = ""
    async for told in server.listen(run_id):
        last = told.id
        if told.event == "call_started":
            break
    server.kill()
    server.seconds = 0.1
    await server.start()
    again = await server.all(run_id, last)
    assert again[-1].event == "finished"
    assert "1971" in again[-1].data["report"]["answer"]
    assert last.partition(".")[0] not in {told.id.partition(".")[0] for told in again}
    server.kill()
    await server.start()
    (stored,) = await server.all(run_id, again[-1].id)
    assert stored.data["report"] == again[-1].data["report"]
    assert await server.all(run_id, stored.id) == []


async def test_a_decision_outlives_a_kill(server: Server) -> None:
    """A plan that waits is still there after a kill, and approving it brings the report."""
    await server.start()
    run_id = await server.asked(approve="ask")
    assert (await server.all(run_id))[-1].event == "waiting"
    server.kill()
    await server.start()
    (waiting,) = await server.all(run_id)
    assert waiting.event == "waiting"
    async with server.client() as client:
        pending = (await client.get(f"/api/runs/{run_id}/pending")).json()["pending"]
        assert pending == waiting.data["question"]
        decided = await client.post(f"/api/runs/{run_id}/decision", json={"decision": "approve"})
        assert decided.status_code == 202
    finished = (await server.all(run_id, waiting.id))[-1]
    assert finished.data["report"]["status"] == "complete"
