"""Servers of the API share a database of PostgreSQL, and lose nothing when they are killed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.databases import schema
from tests.ui.server.web.house import QUESTION, people
from tests.ui.server.web.serving import Server, Told

pytestmark = pytest.mark.timeout(300)  # each test starts servers, up to three

ASKED = {"question": QUESTION, "options": {"approve": "ask"}}
KEY = {"idempotency-key": "k1"}


@pytest.fixture
def servers(tmp_path: Path) -> Iterator[tuple[Server, Server]]:
    """Have two servers over one empty schema, with the same accounts."""
    with schema() as place:
        tokens = people(place)
        made = [Server(home=tmp_path, seconds=1.0, database=place.url, token=tokens["ann"]) for _ in range(2)]
        yield made[0], made[1]
        for server in made:
            server.kill()


def files(home: Path) -> list[Path]:
    """Return the files of SQLite in a home."""
    return list(home.rglob("*.db*"))


async def begun(server: Server) -> str:
    """Ask for a run whose plan waits, and return its id once it does."""
    async with server.client() as client:
        reply = await client.post("/api/runs", json=ASKED, headers=KEY)
        run_id = str(reply.json()["run_id"])
    assert (await server.all(run_id))[-1].event == "waiting"
    return run_id


async def decided(server: Server, run_id: str) -> None:
    """Approve what a run waits for."""
    async with server.client() as client:
        path = f"/api/runs/{run_id}"
        assert (await client.get(f"{path}/pending")).json()["pending"]["plan"]
        reply = await client.post(f"{path}/decision", json={"decision": "approve"})
        assert reply.status_code == 202, reply.text


async def until_a_call(server: Server, run_id: str) -> None:
    """Listen until a tool is at work."""
    async for told in server.listen(run_id):
        if told.event == "call_started":
            return


async def read(server: Server, run_id: str) -> None:
    """Read the report of the only run there is, which the same request still finds."""
    async with server.client() as client:
        (shown,) = (await client.get("/api/runs")).json()["runs"]
        assert (shown["run_id"], shown["status"]) == (run_id, "answered")
        answer = (await client.get(f"/api/runs/{run_id}/report")).json()["answer"]
        assert "1971" in answer
        assert "1984" in answer
        again = await client.post("/api/runs", json=ASKED, headers=KEY)
        assert again.json()["run_id"] == run_id


async def test_a_server_killed_while_a_plan_waits_and_at_work_ends_the_run(
    tmp_path: Path, servers: tuple[Server, Server]
) -> None:
    """Killed twice, the server shows the plan, takes the run up and gives its report; no file was made."""
    server, _ = servers
    await server.start()
    run_id = await begun(server)
    server.kill()
    await server.start()
    await decided(server, run_id)
    await until_a_call(server, run_id)
    server.kill()
    await server.start()
    ended: list[Told] = await server.all(run_id)
    assert ended[-1].event == "finished"
    await read(server, run_id)
    assert files(tmp_path) == []


async def test_a_run_begun_at_one_server_is_decided_and_ended_at_another(
    servers: tuple[Server, Server],
) -> None:
    """Whoever works on a run holds it alone; when that server is killed, the other takes the run up."""
    one, other = servers
    await one.start()
    await other.start()
    run_id = await begun(one)
    await decided(other, run_id)
    await until_a_call(other, run_id)
    async with one.client() as client:
        refused = await client.post(f"/api/runs/{run_id}/resume")
        assert refused.status_code == 409
        assert "another process" in refused.json()["detail"]
    other.kill()
    assert (await one.all(run_id))[-1].event == "finished"
    await read(one, run_id)
