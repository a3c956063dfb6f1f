"""Machines that watch a server learn how it is, and no more."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.ui.server.web.house import Clock, House, house
from ui.server.web.metrics import MOST_TOOLS, OTHER, Metrics


async def sample(client: httpx.AsyncClient, name: str, **labels: str) -> float | None:
    """Return the value of a sample on /metrics."""
    text = (await client.get("/metrics")).text
    return next(
        (
            each.value
            for family in text_string_to_metric_families(text)
            for each in family.samples
            if each.name == name and labels.items() <= each.labels.items()
        ),
        None,
    )


async def test_a_server_that_can_work_is_ready(opened: House) -> None:
    """Everybody may ask whether it lives and is ready."""
    stranger = opened.caller(address="203.0.113.9")
    assert (await stranger.get("/health")).json() == {"status": "ok"}
    reply = await stranger.get("/ready")
    assert reply.status_code == 200
    assert reply.json() == {"ready": True, "checks": {"database": "ok", "home": "ok", "policies": "ok"}}


async def test_a_server_that_cannot_work_says_what_is_wrong(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A database that fails and a policy that cannot be read: 503 without a path; the log has the reason."""
    clock, own = Clock(), tmp_path / "secret-place"
    own.mkdir()
    async with house(tmp_path / "home", clock=clock) as opened:
        (own / "slip.cedar").write_text("permit (principal")

        async def broken() -> None:
            raise OSError(28, "no space", str(own))

        app: Any = opened.served.app
        app.check = broken
        context = replace(opened.context, settings=replace(opened.context.settings, policies=own))
        opened.app.router.routes[0].endpoint.state.context = context  # type: ignore[attr-defined]
        with caplog.at_level(logging.WARNING):
            reply = await opened.caller().get("/ready")
        assert reply.status_code == 503
        assert reply.json()["ready"] is False
        assert reply.json()["checks"].keys() == {"database", "home", "policies"}
        assert "secret-place" not in reply.text
        assert "slip.cedar" in caplog.text
        assert "no space" in caplog.text


async def test_readiness_is_looked_at_once_a_second(tmp_path: Path) -> None:
    """Who asks often does not keep the database busy."""
    clock, looks = Clock(), []
    async with house(tmp_path, clock=clock) as opened:
        app: Any = opened.served.app

        async def check() -> None:
            looks.append(clock.now)

        app.check = check
        for _ in range(5):
            await opened.caller().get("/ready")
        clock.now += 1.5
        await opened.caller().get("/ready")
        assert len(looks) == 2


async def test_metrics_are_for_this_machine_or_a_token(tmp_path: Path) -> None:
    """A stranger, a stranger behind a local proxy, and a wrong token see none; the token opens."""
    async with house(tmp_path, metrics_token="a metrics token") as opened:  # noqa: S106  # of nobody
        assert (await opened.caller(address="127.0.0.1").get("/metrics")).status_code == 200
        assert (await opened.caller(address="::1").get("/metrics")).status_code == 200
        strangers = [
            opened.caller(address="203.0.113.9"),
            opened.caller(address="127.0.0.1", **{"x-forwarded-for": "203.0.113.9"}),
            opened.caller(address="203.0.113.9", authorization="Bearer wrong"),
            opened.caller("root", "203.0.113.9"),
        ]
        assert [(await stranger.get("/metrics")).status_code for stranger in strangers] == [401] * 4
        token = opened.caller(address="203.0.113.9", authorization="Bearer a metrics token")
        assert (await token.get("/metrics")).status_code == 200
    async with house(tmp_path / "no token") as opened:
        empty = opened.caller(address="203.0.113.9", authorization="Bearer ")
        assert (await empty.get("/metrics")).status_code == 401


async def test_metrics_count_what_happened(opened: House) -> None:
    """Runs, calls, phases, requests and listeners are counted, by templates and never by ids."""
    run_id = await opened.started()
    await opened.ended(run_id)
    caller = opened.caller("ann")
    await caller.get(f"/api/runs/{run_id}/events")
    await caller.get(f"/api/{run_id}")
    assert await sample(caller, "attest_runs", status="answered") == 1
    assert await sample(caller, "attest_runs_under_way") == 0
    assert await sample(caller, "attest_calls_total", tool="pages", outcome="done") == 2
    assert await sample(caller, "attest_phase_seconds_count", phase="ORCHESTRATING") == 1
    assert await sample(caller, "attest_breaker_open", tool="pages") == 0
    assert await sample(caller, "attest_listeners") == 0
    route = "/api/runs/{run_id}/events"
    assert await sample(caller, "attest_http_request_seconds_count", route=route, status="200") == 1
    assert run_id not in (await caller.get("/metrics")).text


def test_names_of_tools_are_bounded() -> None:
    """An edited plan may name anything; beyond some hundreds it counts as `other`."""
    meter = Metrics(clock=lambda: 0.0)
    assert {meter._known(f"tool{n}") for n in range(MOST_TOOLS + 50)} == {
        OTHER,
        *(f"tool{n}" for n in range(MOST_TOOLS)),
    }


async def test_an_admin_sees_how_the_installation_stands(opened: House) -> None:
    """Version, database, runs, what waits, caps and tools; no secret among them."""
    run_id = await opened.started(approve="ask")
    await opened.ended(run_id)
    status = (await opened.caller("root").get("/api/status")).json()
    assert status["database"] == "sqlite"
    assert status["runs"] == {"waiting": 1}
    assert [(each["run_id"], each["user"]) for each in status["waiting"]] == [(run_id, "ann")]
    assert [(each["name"], each["state"]) for each in status["tools"]] == [("pages", "ready")]
    assert status["caps"][0] | {"cap_usd": "1.00"} == status["caps"][0]
