from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from graph.app import open_app
from graph.config.settings import Settings
from graph.options import Options, Role
from graph.report.timeline import timeline
from guards.budget import usd
from guards.claims.citations import verify_report
from tests.fakes.app import events, report
from tests.fakes.gemini import KEY, Asked, Gemini, Reply, Usage, gemini
from ui.report.report_markdown import report_markdown
from ui.report.timeline.timeline_words import bills
from ui.terminal.event_words import dollars

QUESTION = "When does a half-open circuit breaker close again?"
LIBRARY = str(Path("evals/library/documents").resolve())
USAGE = Usage(prompt=1_000, answer=100)
KEPT = Usage(prompt=1_000, answer=100, cached=400)
PRO, FLASH = "gemini-2.5-pro", "gemini-2.5-flash"
SCHEMA = json.loads(Path("graph/report/report.schema.json").read_text(encoding="utf-8"))
NUMBERED = re.compile(r"^\[(\d+)\] ?(.*)$", re.MULTILINE)


def role(asked: Asked) -> str:
    return "reader" if asked.system.startswith("You read") else "writer"


def answer(asked: Asked) -> Reply:
    """Point at the sentence that answers; write each claim in other words."""
    numbered = NUMBERED.findall(asked.user)
    if role(asked) == "reader":
        told = [int(at) for at, words in numbered if "closes again once" in words]
        findings = [{"sentences": [at], "relevance": 0.9} for at in told[:2]]
        return Reply(text=json.dumps({"findings": findings}), usage=USAGE)
    sentences = [
        {"text": f"In short: {words[0].lower()}{words[1:]}", "claims": [int(at)]}
        for at, words in written(numbered)
    ]
    return Reply(text=json.dumps({"sentences": sentences}), usage=USAGE, pieces=4)


def written(numbered: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(at, words) for at, words in numbered if words]


@pytest.fixture
async def fake() -> AsyncIterator[Gemini]:
    """Serve a model that does its work."""
    async with gemini() as served:
        served.rule = answer
        yield served


def settings(home: Path, fake: Gemini, **more: str) -> Settings:
    chosen = {"ATTEST_HOME": str(home), "ATTEST_GEMINI_URL": fake.url, "ATTEST_GEMINI_KEY": KEY}
    return Settings.from_environment(chosen | more)


async def asked(home: Path, fake: Gemini, *, run_id: str = "r1", **knobs: Any) -> dict[str, Any]:  # noqa: ANN401  # the knobs of a run
    async with open_app(settings(home, fake)) as app:
        options = Options(docs=(LIBRARY,), **knobs)
        made = report(await events(app.run(QUESTION, options, run_id=run_id)))
        texts = await app.texts([source["id"] for source in made["sources"]])  # type: ignore[attr-defined]
    stored = {name: text.reveal().encode() for name, text in texts.items()}
    assert verify_report(made, stored) == []
    return made


async def test_models_read_and_write_and_every_word_is_checked(tmp_path: Path, fake: Gemini) -> None:
    """A simple question takes two calls; what is written rests on exact quotes, and the cost is the bill."""
    made = await asked(tmp_path, fake)
    assert [role(request) for request in fake.asked] == ["reader", "writer"]
    assert made["answer"].startswith("In short: a half-open breaker closes again once")
    assert made["claims"][0]["citations"][0]["quote"].startswith("A half-open breaker closes again once")
    assert made["roles"] == {"reader": FLASH, "writer": FLASH}
    assert float(made["cost"]["usd"]) > 0
    assert made["cost"]["by_model"][FLASH] == made["cost"]["usd"]
    assert made["status"] == "answered"


async def test_a_repeated_question_asks_no_model(tmp_path: Path, fake: Gemini) -> None:
    """The same question of another run is answered from the cache, for nothing, and names who wrote it."""
    first = await asked(tmp_path, fake)
    requests = len(fake.asked)
    second = await asked(tmp_path, fake, run_id="r2")
    assert len(fake.asked) == requests
    assert second["answer"] == first["answer"]
    assert second["cost"]["usd"] == "0.00"
    assert second["cost"]["by_model"] == {FLASH: "0.00"}


async def test_tokens_are_counted_by_model_and_a_repeat_has_none(tmp_path: Path, fake: Gemini) -> None:
    """Prompt, kept prompt and answer stand beside the money, in schema and in words; a repeat has none."""
    fake.rule = lambda request: replace(answer(request), usage=KEPT)
    first = await asked(tmp_path, fake)
    second = await asked(tmp_path, fake, run_id="r2")
    assert first["cost"]["tokens"] == {FLASH: {"prompt": 2_000, "cached": 800, "answer": 200}}
    assert "2,000 tokens sent (800 of them cached), 200 written" in report_markdown(first)
    assert "tokens" not in second["cost"]
    assert "tokens" not in report_markdown(second)
    for made in (first, second):
        jsonschema.Draft202012Validator(SCHEMA).validate(made)


async def test_an_answer_that_was_no_use_is_counted_too(tmp_path: Path, fake: Gemini) -> None:
    """What a model was sent and wrote was billed, whether it could be used or not."""
    fake.script(Reply(text='{"findings": "many"}', usage=KEPT))
    made = await asked(tmp_path, fake)
    assert made["cost"]["tokens"] == {FLASH: {"prompt": 3_000, "cached": 400, "answer": 300}}


async def test_each_paid_call_has_its_estimate_beside_its_cost(tmp_path: Path, fake: Gemini) -> None:
    """The timeline of a run says of every call of a model what it cost and what was set aside for it."""
    made = await asked(tmp_path, fake)
    async with open_app(settings(tmp_path, fake)) as app:
        drawn = timeline(await app.history("r1"))
    paid = [row for row in drawn.rows if row.cost]
    assert [row.task.partition(".")[0] for row in paid] == ["reader", "writer"]
    assert all(0 < row.cost < row.estimate for row in paid)
    assert usd(sum(row.cost for row in paid)) == made["cost"]["usd"]
    heading, *lines = bills(drawn)
    assert heading.startswith("cost of each paid call")
    assert f"{dollars(paid[0].cost)} of at most {dollars(paid[0].estimate)}: reader." in lines[0]
    assert list(bills(replace(drawn, rows=()))) == []


async def test_a_failing_tier_gives_way_to_the_next_and_the_report_says_so(
    tmp_path: Path, fake: Gemini
) -> None:
    """With the cheap model down the better one works, and since when and why is named."""
    fake.rule = lambda request: answer(request) if request.model == PRO else Reply(status=500)
    made = await asked(tmp_path, fake)
    assert made["roles"] == {"reader": "extractive", "writer": PRO}
    degraded = [u["detail"] for u in made["unknowns"] if u["kind"] == "degraded"]
    assert len(degraded) == 2
    assert all(FLASH in detail and "UTC" in detail for detail in degraded)


async def test_without_any_model_the_extractive_engine_answers(tmp_path: Path, fake: Gemini) -> None:
    """All models down, or none allowed: the answer is the one that needs no key, and says why."""
    fake.rule = lambda _: Reply(status=503)
    down = await asked(tmp_path / "down", fake)
    viewer = await asked(tmp_path / "viewer", fake, role=Role.VIEWER)
    async with open_app(Settings.from_environment({"ATTEST_HOME": str(tmp_path / "none")})) as app:
        plain = report(await events(app.run(QUESTION, Options(docs=(LIBRARY,)), run_id="r1")))
    assert down["answer"] == viewer["answer"] == plain["answer"]
    assert {u["kind"] for u in down["unknowns"]} >= {"degraded"}
    assert any("viewer" in u["detail"] for u in viewer["unknowns"])
    assert down["roles"] == {"reader": "extractive", "writer": "extractive"}
    assert plain["roles"] == {}


async def test_an_answer_out_of_shape_gets_one_chance(tmp_path: Path, fake: Gemini) -> None:
    """The model is told what was wrong, once; a second bad answer goes to the next tier."""
    fake.script(Reply(text='{"findings": "many"}', usage=USAGE))
    made = await asked(tmp_path, fake)
    assert [role(request) for request in fake.asked] == ["reader", "reader", "writer"]
    assert "out of shape" in fake.asked[1].user
    assert made["roles"]["reader"] == FLASH


async def test_no_model_is_paid_past_the_cap_and_more_money_goes_on(tmp_path: Path, fake: Gemini) -> None:
    """Without money for a model the run is partial and extractive; a higher cap lets models do their work."""
    made = await asked(tmp_path, fake, budget=10)
    assert fake.asked == []
    assert made["status"] == "partly answered"
    async with open_app(settings(tmp_path, fake)) as app:
        whole = report(await events(app.resume("r1", budget=1_000_000)))
    assert whole["status"] == "answered"
    assert str(whole["answer"]).startswith("In short")
