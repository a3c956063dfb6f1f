from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from graph.errors import Refused
from graph.events import Waiting
from graph.options import Approve, Options
from graph.records import Outcome
from graph.run.application import Application
from tests.fakes.app import events, report, small_app
from tests.graph.run.risky import PAGES, QUESTION, Web

ASK = Options(approve=Approve.ASK)
APPROVE = {"decision": "approve"}


@asynccontextmanager
async def waiting_app(home: Path) -> AsyncIterator[tuple[Application, Web, Waiting]]:
    """Take a run to where two calls wait for a person."""
    web = Web(PAGES)
    async with small_app(home, web) as app:
        await events(app.run(QUESTION, ASK, run_id="r1"))
        last = (await events(app.resume("r1", APPROVE)))[-1]
        assert isinstance(last, Waiting)
        yield app, web, last


async def test_a_risky_call_waits_and_shows_what_it_would_send(tmp_path: Path) -> None:
    """Two calls of two branches wait; the first is shown whole, and neither was made, reserved or audited."""
    async with waiting_app(tmp_path) as (app, web, waiting):
        assert (waiting.kind, waiting.more) == ("call", 1)
        asked: dict[str, Any] = dict(await app.pending("r1") or {})
        assert asked == waiting.question
        assert json.loads(json.dumps(asked)) == asked
        assert (asked["tool"], asked["more"], asked["choices"]) == ("pages", 1, ["approve", "reject"])
        assert "private documents" in asked["why"]
        shown = asked["arguments"]["query"]
        assert (shown["value"], shown["tainted"], shown["private"]) == ("Zebra", True, True)
        assert shown["from"][0]["location"] == "memory/Breakers"
        assert sorted(web.made) == ["breaker", "marlin"]
        assert "Zebra" not in {call.task for call in (await app.history("r1")).calls}


async def test_one_is_rejected_and_the_other_approved(tmp_path: Path) -> None:
    """Answering one leaves the other pending; the approved is made, the rejected named with its reason."""
    async with waiting_app(tmp_path) as (app, web, waiting):
        rejected = waiting.question["task"]
        answer = {"decision": "reject", "because": "Zebra is a code name", "task": rejected}
        second = (await events(app.resume("r1", answer)))[-1]
        assert isinstance(second, Waiting)
        assert (second.more, second.question["arguments"]["query"]["value"]) == (0, "Quagga")  # type: ignore[index]
        assert await app.pending("r1") == second.question
        assert sorted(web.made) == ["breaker", "marlin"]
        made: Any = report(await events(app.resume("r1", APPROVE)))
        history = await app.history("r1")
    assert sorted(web.made) == ["Quagga", "breaker", "marlin"]
    assert made["status"] == "partly answered"
    assert "Quagga was here" in made["answer"]
    denied = {
        "kind": "call_denied",
        "detail": f"pages ({rejected}): a person rejected it: Zebra is a code name",
    }
    assert denied in made["unknowns"]
    assert {call.outcome for call in history.calls} == {Outcome.DONE, Outcome.DENIED}
    assert not any(call.replayed for call in history.calls)


async def test_the_second_question_may_be_answered_first(tmp_path: Path) -> None:
    """A decision that names its call answers that one; one that names none that waits is refused."""
    async with waiting_app(tmp_path) as (app, web, waiting):
        with pytest.raises(Refused, match="no question about the call 'b9'"):
            await events(app.resume("r1", {**APPROVE, "task": "b9"}))
        last = (await events(app.resume("r1", {**APPROVE, "task": "b2.1.t1"})))[-1]
        assert isinstance(last, Waiting)
        assert last.question["task"] == waiting.question["task"] == "b1.1.t1"
        made: Any = report(await events(app.resume("r1", APPROVE)))
    assert made["status"] == "answered"
    assert sorted(web.made) == ["Quagga", "Zebra", "breaker", "marlin"]


async def test_a_call_is_not_edited(tmp_path: Path) -> None:
    """What a person cannot do is said, and the question stays."""
    async with waiting_app(tmp_path) as (app, _, waiting):
        last = (await events(app.resume("r1", {"decision": "edit", "question": "Who?"})))[-1]
    assert isinstance(last, Waiting)
    assert "cannot be edited" in str(last.question["problem"])
    assert last.question["task"] == waiting.question["task"]


async def test_without_a_person_it_is_denied_and_noted(tmp_path: Path) -> None:
    """With `approve` left at `auto` nothing waits."""
    web = Web(PAGES)
    async with small_app(tmp_path, web) as app:
        made: Any = report(await events(app.run(QUESTION, Options(), run_id="r1")))
    assert sorted(web.made) == ["breaker", "marlin"]
    denied = next(u["detail"] for u in made["unknowns"] if u["kind"] == "call_denied")
    assert denied.startswith("pages (b1.1.t1, b2.1.t1): it would send words of private documents")


async def test_a_run_killed_while_calls_wait_goes_on_where_it_was(tmp_path: Path) -> None:
    """SIGKILL after the first answer: the other question still waits, and nothing done is repeated."""
    command = [sys.executable, "-m", "tests.graph.run.risky", str(tmp_path)]
    victim = await asyncio.to_thread(
        subprocess.run, command, capture_output=True, text=True, timeout=60, check=False
    )
    assert victim.returncode == -signal.SIGKILL, victim.stderr
    web = Web(PAGES)
    async with small_app(tmp_path, web) as app:
        pending: Any = await app.pending("r1")
        assert (pending["kind"], pending["task"], pending.get("more")) == ("call", "b2.1.t1", None)
        made: Any = report(await events(app.resume("r1", APPROVE)))
    assert sorted(web.made) == ["Quagga", "Zebra"]
    assert made["status"] == "answered"
    assert len(made["claims"]) == 4


async def test_a_run_that_waits_can_be_ended(tmp_path: Path) -> None:
    """Stopped while calls wait: it ends partial with what it has, and makes none of them."""
    async with waiting_app(tmp_path) as (app, web, _):
        made: Any = report(await events(app.end("r1")))
        with pytest.raises(Refused, match="waits for nobody"):
            await events(app.end("r1"))
    assert made["status"] == "partly answered"
    assert "A breaker closes" in made["answer"]
    assert sorted(web.made) == ["breaker", "marlin"]


async def test_a_run_whose_deadline_passed_asks_nobody(tmp_path: Path) -> None:
    """A call that would wait is named as kept back: the run ends all the same."""
    web = Web(PAGES, seconds=0.6)
    async with small_app(tmp_path, web) as app:
        asked = Options(approve=Approve.ASK, deadline=0.4)
        await events(app.run(QUESTION, asked, run_id="r1"))
        made: Any = report(await events(app.resume("r1", APPROVE)))
    assert made["status"] == "no source reached"
    assert "stopped" in {unknown["kind"] for unknown in made["unknowns"]}
