"""A person runs research over HTTP, and sees nobody else's."""

from __future__ import annotations

import asyncio
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.tools import Pages
from tests.ui.server.web.house import PAGES, QUESTION, House, house
from ui.server.web.report_formats import FORMATS

ENDPOINTS = [
    ("GET", "", None),
    ("GET", "/events", None),
    ("GET", "/pending", None),
    ("POST", "/decision", {"decision": "approve"}),
    ("POST", "/stop", None),
    ("POST", "/resume", {"budget_usd": 1}),
    ("GET", "/report", None),
    ("GET", f"/sources/{hashlib.sha256(PAGES['Alpha'].encode()).hexdigest()}", None),
]


async def test_a_run_is_started_followed_and_read(opened: House) -> None:
    """From the question to the report, its sources and its place in the list."""
    ann = opened.caller("ann")
    reply = await ann.post("/api/runs", json={"question": QUESTION})
    assert reply.status_code == 201
    shown = reply.json()
    assert reply.headers["location"] == shown["links"]["self"]
    await opened.ended(shown["run_id"])
    events = (await ann.get(shown["links"]["events"])).text
    assert events.index("event: phase_started") < events.index("event: finished")
    report = (await ann.get(shown["links"]["report"])).json()
    assert report["run_id"] == shown["run_id"]
    assert "alpha opened in 1971" in report["answer"]
    for source in report["sources"]:
        text = await ann.get(f"{shown['links']['self']}/sources/{source['id']}")
        assert hashlib.sha256(text.content).hexdigest() == source["id"]
        assert text.headers["content-type"] == "text/plain; charset=utf-8"
        assert text.headers["x-content-type-options"] == "nosniff"
        assert text.headers["content-security-policy"].startswith("sandbox")
    (listed,) = (await ann.get("/api/runs")).json()["runs"]
    assert (listed["run_id"], listed["status"]) == (shown["run_id"], "answered")
    assert listed["cost"]["usd"] == "0.00"


TWO_MEANINGS = [
    (b'{"question": "Who?", "question": "What?"}', "it names 'question' twice"),
    (b'{"question": "Who?", "options": {"deadline": 123456789012345678901}}', "has more than 64 bits"),
    (b'{"question": "Who?", "options": {"deadline": 1e999}}', "is too large"),
    (rb'{"question": "Who \ud800?"}', "half a character"),
    (b'{"question": "Who?", "options": ' + b"[" * 100_000, "nested too deeply"),
    (b'{"question": "\xff"}', "invalid start byte"),
]


@pytest.mark.parametrize(("body", "line"), TWO_MEANINGS)
async def test_a_body_that_means_two_things_is_refused(opened: House, body: bytes, line: str) -> None:
    """What another parser would read otherwise starts no run, and is named in one line."""
    ann = opened.caller("ann")
    reply = await ann.post("/api/runs", content=body, headers={"Content-Type": "application/json"})
    assert (reply.status_code, line in reply.json()["detail"]) == (400, True), reply.text
    assert (await ann.get("/api/runs")).json()["runs"] == []


@pytest.mark.parametrize("name", FORMATS)
async def test_a_report_comes_in_each_format(opened: House, name: str) -> None:
    """What the table names is what a caller gets, as its media type, and never as a page."""
    run_id = await opened.started()
    await opened.ended(run_id)
    reply = await opened.caller("ann").get(f"/api/runs/{run_id}/report", params={"format": name})
    assert reply.status_code == 200
    assert reply.headers["content-type"].startswith(FORMATS[name].media_type.partition(";")[0])
    assert "sandbox" in reply.headers["content-security-policy"]
    assert b"alpha opened in 1971" in reply.content


async def test_a_run_of_somebody_else_is_as_unknown_as_none(opened: House) -> None:
    """Every endpoint answers a stranger as if the run had never been; the admin sees it."""
    run_id = await opened.started("ann")
    await opened.ended(run_id)
    bob, root = opened.caller("bob"), opened.caller("root")
    for method, path, body in ENDPOINTS:
        foreign = await bob.request(method, f"/api/runs/{run_id}{path}", json=body)
        unknown = await bob.request(method, f"/api/runs/{run_id}x{path}", json=body)
        assert foreign.status_code == unknown.status_code == 404, path
        assert foreign.content == unknown.content
        assert (await root.request(method, f"/api/runs/{run_id}{path}", json=body)).status_code != 404, path
    assert (await bob.get("/api/runs")).json() == {"runs": [], "cursor": None}


async def test_a_viewer_starts_and_decides_nothing(opened: House) -> None:
    """What a role may not do is refused with the reason."""
    vic = opened.caller("vic")
    reply = await vic.post("/api/runs", json={"question": QUESTION})
    assert reply.status_code == 403
    assert "you may not start research" in reply.json()["detail"]
    assert (await vic.get("/api/runs")).status_code == 200
    assert (await vic.get("/api/status")).status_code == 403


async def test_a_key_sent_again_is_the_same_run(tmp_path: Path) -> None:
    """Four at once and one after a restart are one run; another body is refused, another person apart."""
    tool = Pages(PAGES)
    body = {"question": QUESTION, "options": {"mode": "quick"}}
    async with house(tmp_path, tool) as opened:
        ann = opened.caller("ann", **{"idempotency-key": "k1"})
        replies = await asyncio.gather(*(ann.post("/api/runs", json=body) for _ in range(4)))
        assert {reply.status_code for reply in replies} == {201}
        (run_id,) = {reply.json()["run_id"] for reply in replies}
        await opened.ended(run_id)
        for other in ({**body, "question": "when did alpha open?"}, {"question": QUESTION}):
            assert (await ann.post("/api/runs", json=other)).status_code == 409
        bob = opened.caller("bob", **{"idempotency-key": "k1"})
        assert (await bob.post("/api/runs", json=body)).json()["run_id"] != run_id
        tokens = opened.tokens
    made = len(tool.made)
    async with house(tmp_path, tool) as again:
        assert again.tokens != tokens
        ann = again.caller("ann", **{"idempotency-key": "k1"})
        reply = await ann.post("/api/runs", json=body)
        assert reply.json()["run_id"] == run_id
        assert reply.json()["status"] == "answered"
    assert len(tool.made) == made


async def test_a_language_is_chosen_and_shown(opened: House) -> None:
    """What a caller names is kept and shown; under one key another language is another request."""
    ann = opened.caller("ann", **{"idempotency-key": "k"})
    asked = {"question": QUESTION, "options": {"language": "de"}}
    reply = await ann.post("/api/runs", json=asked)
    assert (reply.status_code, reply.json()["language"]) == (201, "de")
    await opened.ended(reply.json()["run_id"])
    assert (await ann.post("/api/runs", json=asked)).json()["run_id"] == reply.json()["run_id"]
    assert (await ann.post("/api/runs", json={"question": QUESTION})).status_code == 409
    shown = (await opened.caller("ann").post("/api/runs", json={"question": QUESTION})).json()
    assert shown["language"] == ""
    await opened.ended(shown["run_id"])


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"docs": ["/etc"]}, "there is no folder"),
        ({"docs": ["..", "docs"]}, "there is no folder"),
        ({"sources": ["nowhere"]}, "there is no source"),
        ({"sources": ["\x00\x1b[31m"]}, "there is no source"),
        ({"budget_usd": -1}, "budget_usd"),
        ({"budget_usd": "NaN"}, "budget_usd"),
        ({"budget_usd": "1e999"}, "budget_usd"),
        ({"mode": "endless"}, "mode"),
        ({"deadline": 1e99}, "deadline"),
        ({"language": "de-DE"}, "language"),
        ({"language": "evil.example/"}, "language"),
        ({"role": "admin"}, "role"),
        ({"user": "bob"}, "user"),
    ],
)
async def test_what_cannot_be_is_said_and_starts_nothing(
    opened: House, options: dict[str, Any], said: str
) -> None:
    """A path of the machine, a source, a budget, somebody else's name: one line, and no run."""
    ann = opened.caller("ann")
    content = json.dumps({"question": QUESTION, "options": options})
    reply = await ann.post("/api/runs", content=content, headers={"content-type": "application/json"})
    assert reply.status_code == 422
    assert reply.headers["content-type"] == "application/problem+json"
    assert said in reply.json()["detail"]
    assert "\n" not in reply.json()["detail"]
    assert (await ann.get("/api/runs")).json()["runs"] == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b'{"question": ""}',
        b'{"question": "a\\u0000b?"}',
        b'{"question": "\\ud800?"}',
        b'{"question": 1}',
        b'{"question": "' + b"x" * 2_001 + b'"}',
        b'{"question": ' + b"9" * 5_000 + b"}",
        b'{"question": NaN}',
        b"[" * 100_000,
    ],
    ids=range(12),
)
async def test_a_body_nobody_can_read_is_the_callers_mistake(opened: House, content: bytes) -> None:
    """Broken JSON, broken text, endless numbers and depth are 4xx, in the form of a problem."""
    headers = {"content-type": "application/json"}
    reply = await opened.caller("ann", **headers).post("/api/runs", content=content)
    assert 400 <= reply.status_code < 500
    assert reply.headers["content-type"] == "application/problem+json"


async def test_a_body_that_is_too_large_is_not_read(opened: House) -> None:
    """More than a mebibyte is refused, whatever it says it is."""
    reply = await opened.caller("ann").post("/api/runs", content=b" " * 1_048_577)
    assert reply.status_code == 413


async def test_a_folder_is_chosen_by_its_name(tmp_path: Path) -> None:
    """A caller names a folder of the operator's; another path of the same name is not looked at."""
    folder = tmp_path / "papers"
    folder.mkdir()
    async with house(tmp_path / "home", docs=(str(folder),)) as opened:
        run_id = await opened.started(docs=["papers"])
        row = await opened.served.app.stored(run_id)
        assert row
        assert row.options.docs == (str(folder),)


async def test_pages_of_the_list_hold_each_run_once(opened: House) -> None:
    """Following the cursor shows every run of the caller, newest first, and then ends."""
    started = [await opened.started() for _ in range(5)]
    await opened.started("bob")
    ann, found, cursor = opened.caller("ann"), [], ""
    while True:
        page = (
            await ann.get("/api/runs", params={"limit": 2} | ({"cursor": cursor} if cursor else {}))
        ).json()
        found += [run["run_id"] for run in page["runs"]]
        cursor = page["cursor"]
        if not cursor:
            break
    rows = [await opened.served.app.stored(run_id) for run_id in started]
    newest = sorted((row for row in rows if row), key=lambda row: (row.created, row.id), reverse=True)
    assert found == [row.id for row in newest]
    for broken in ("x", "bnVsbA==", "WzEsIDJd", "\udcff"):
        reply = await ann.get("/api/runs", params={"cursor": broken.encode(errors="replace").decode()})
        assert reply.status_code == 422


async def test_a_plan_waits_until_it_is_decided(opened: House) -> None:
    """The plan is shown, a wrong decision is refused, and an edit is what is done; then nothing waits."""
    run_id = await opened.started(approve="ask")
    await opened.ended(run_id)
    ann, path = opened.caller("ann"), f"/api/runs/{run_id}"
    assert "event: waiting" in (await ann.get(f"{path}/events")).text
    plan = (await ann.get(f"{path}/pending")).json()["pending"]["plan"]
    about = [task["about"][0] for branch in plan["branches"] for task in branch["tasks"]]
    assert {(each["effect"], each["server"], each["host"]) for each in about} == {("reads", "", "")}
    for wrong in ({}, {"decision": "perhaps"}, {"decision": "reject"}, {"decision": "edit", "plan": 3}):
        assert (await ann.post(f"{path}/decision", json=wrong)).status_code == 422
    assert (await ann.get(f"{path}/report")).status_code == 409
    plan["branches"] = plan["branches"][:1]
    reply = await ann.post(f"{path}/decision", json={"decision": "edit", "plan": plan})
    assert reply.status_code == 202
    await opened.ended(run_id)
    report = (await ann.get(f"{path}/report")).json()
    assert "1971" in report["answer"]
    assert "1984" not in report["answer"]
    assert (await ann.get(f"{path}/pending")).json() == {"pending": None}
    late = await ann.post(f"{path}/decision", json={"decision": "approve", "by": "bob"})
    assert late.status_code == 409
    assert "too late: run" in late.json()["detail"]
    assert "ann changed and approved the plan on " in late.json()["detail"]


async def test_a_run_is_stopped_with_what_it_has(tmp_path: Path) -> None:
    """Stop ends a run that hangs; what has ended is not stopped again, and only a budget lets it go on."""
    async with house(tmp_path, Pages(PAGES, seconds=60)) as opened:
        run_id = await opened.started(budget_usd="0.50")
        ann, path = opened.caller("ann"), f"/api/runs/{run_id}"
        assert (await ann.get(path)).json()["under_way"] is True
        assert (await ann.post(f"{path}/resume")).status_code == 409
        assert (await ann.post(f"{path}/stop")).status_code == 202
        await asyncio.wait_for(opened.ended(run_id), 100)
        assert (await ann.get(path)).json()["status"] == "stopped"
        assert (await ann.post(f"{path}/stop")).status_code == 409
        assert (await ann.post(f"{path}/resume")).status_code == 409
        assert (await ann.post(f"{path}/resume", json={"budget_usd": "1.00"})).status_code == 202
        assert (await ann.get(path)).json()["budget_usd"] == "1.00"
        await ann.post(f"{path}/stop")
        await asyncio.wait_for(opened.ended(run_id), 100)


async def test_a_source_that_is_not_cited_is_not_shown(opened: House) -> None:
    """The texts of other runs are not read through this one."""
    run_id = await opened.started(question="when did alpha open?")
    other = await opened.started("bob", question="when did beta open?")
    await opened.ended(run_id)
    await opened.ended(other)
    beta = hashlib.sha256(PAGES["Beta"].encode()).hexdigest()
    bob, ann = opened.caller("bob"), opened.caller("ann")
    cited = {s["id"] for s in (await ann.get(f"/api/runs/{run_id}/report")).json()["sources"]}
    assert beta not in cited
    assert (await bob.get(f"/api/runs/{other}/sources/{beta}")).status_code == 200
    assert (await ann.get(f"/api/runs/{run_id}/sources/{beta}")).status_code == 404
