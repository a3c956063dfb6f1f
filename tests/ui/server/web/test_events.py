"""A listener to a real server loses nothing: when it drops, comes late, or the server is killed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ui.server.web.house import people
from tests.ui.server.web.serving import PATIENCE, Server, Told

pytestmark = pytest.mark.timeout(300)  # each test starts servers, up to three


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """Have a server that takes half a second for a call."""
    tokens = people(tmp_path)
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
    assert whole[-1].data["report"]["status"] == "answered"
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
    assert finished.data["report"]["status"] == "answered"
