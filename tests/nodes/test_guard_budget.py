from __future__ import annotations

import sqlite3
from dataclasses import asdict
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, cast

import pytest

from graph.app import open_app
from graph.caps import Cap, Scope, Window
from graph.errors import Refused
from graph.events import Noted
from graph.options import Approve, Mode, Options
from graph.run.application import Application
from graph.run.wiring import build
from graph.state import Ask
from graph.stores.books.stored_caps import set_cap
from graph.stores.db.database import Database
from graph.stores.db.migrations import MIGRATIONS
from guards.plan_fitting import Forecast
from tests.fakes.app import events, report, small_app
from tests.fakes.gemini import gemini
from tests.fakes.tools import Pages
from tests.graph.run.test_models import FLASH, LIBRARY, QUESTION, answer
from tests.graph.run.test_models import settings as with_models
from tests.graph.run.test_run import PAGES, waiting
from ui.terminal.waiting_text import explain

BOTH = "breaker? marlin?"


async def test_a_plan_is_cut_to_what_can_be_paid_and_says_so(tmp_path: Path) -> None:
    """The last line of inquiry is left out; what is answered is partial, and the cut is told at once too."""
    pages = Pages(PAGES)
    async with small_app(tmp_path, pages, estimate=600_000) as app:
        announced = await events(app.run(BOTH, Options(budget=1_000_000, mode=Mode.QUICK)))
    made = report(announced)
    assert made["status"] == "partly answered"
    assert "24 hours" not in str(made["answer"])
    assert pages.made == ["breaker"]
    cuts = [gap["detail"] for gap in made["unknowns"] if gap["kind"] == "plan_cut"]  # type: ignore[attr-defined]
    assert len(cuts) == 1
    assert cuts[0].endswith("so it is not looked into: marlin")
    assert any(cuts[0] in event.text for event in announced if isinstance(event, Noted))


@pytest.mark.parametrize("budget", [1_200_000, 2_000_000])
async def test_a_plan_that_fits_is_left_alone(tmp_path: Path, budget: int) -> None:
    """Up to the last micro-dollar nothing is cut, and nothing is said."""
    pages = Pages(PAGES)
    async with small_app(tmp_path, pages, estimate=600_000) as app:
        made = report(await events(app.run(BOTH, Options(budget=budget))))
    assert {"breaker", "marlin"} <= set(pages.made)
    assert [gap for gap in made["unknowns"] if gap["kind"] == "plan_cut"] == []  # type: ignore[attr-defined]


async def test_a_person_sees_what_was_cut(tmp_path: Path) -> None:
    """The plan that waits is the one that fits, with the costs and the loss beside it."""
    async with small_app(tmp_path, Pages(PAGES), estimate=600_000) as app:
        options = Options(budget=1_000_000, approve=Approve.ASK)
        question = waiting(await events(app.run(BOTH, options, run_id="r1"))).question
        made = report(await events(app.resume("r1", {"decision": "approve"})))
    assert question["estimate_usd"] == "0.60"
    assert len(question["plan"]["branches"]) == 1  # type: ignore[index]
    assert "marlin" in question["cut"][0]  # type: ignore[index]
    assert made["status"] == "partly answered"


async def test_a_plan_shows_what_models_will_cost_and_they_cost_no_more(tmp_path: Path) -> None:
    """Reading and writing are in the estimate before a person approves it, and the bill stays within it."""
    async with gemini(rule=answer) as fake, open_app(with_models(tmp_path, fake)) as app:
        options = Options(docs=(LIBRARY,), approve=Approve.ASK)
        question = waiting(await events(app.run(QUESTION, options, run_id="r1"))).question
        made = report(await events(app.resume("r1", {"decision": "approve"})))
    models = cast("dict[str, str]", question["models"])
    assert question["estimate_usd"] == models["estimate_usd"]
    assert question["cut"] == []
    spent = Decimal(made["cost"]["usd"])  # type: ignore[index]
    assert 0 < spent < Decimal(models["estimate_usd"])
    with sqlite3.connect(tmp_path / "attest.db") as books:
        reserved = books.execute("SELECT SUM(reserved) FROM ledger").fetchone()[0]
    books.close()
    assert spent * 1_000_000 < reserved <= Decimal(models["estimate_usd"]) * 1_000_000
    assert 0 < Decimal(models["expected_usd"]) < Decimal(models["estimate_usd"])
    lines = explain("r1", question)
    assert any(f"by models: about ${models['expected_usd']}, at most" in line for line in lines)


async def test_models_that_may_not_be_paid_for_are_said_and_still_do_what_they_can(tmp_path: Path) -> None:
    """Below the worst case nothing of the plan is lost, and what models are really asked is still paid."""
    async with gemini(rule=answer) as fake, open_app(with_models(tmp_path, fake)) as app:
        options = Options(docs=(LIBRARY,), budget=95_000)
        made = report(await events(app.run(QUESTION, options)))
    cuts = [gap["detail"] for gap in made["unknowns"] if gap["kind"] == "plan_cut"]  # type: ignore[attr-defined]
    assert len(cuts) == 1
    assert cuts[0].startswith("models that read, check and write may cost $")
    assert made["status"] == "answered"
    assert made["roles"] == {"reader": FLASH, "writer": FLASH}


async def test_a_person_reads_what_was_cut_and_what_each_call_may_cost(tmp_path: Path) -> None:
    """In the terminal the loss and the price of a step stand beside the plan."""
    async with small_app(tmp_path, Pages(PAGES), estimate=600_000) as app:
        options = Options(budget=1_000_000, approve=Approve.ASK)
        question = waiting(await events(app.run(BOTH, options, run_id="r1"))).question
    lines = explain("r1", question)
    assert "     pages (reads, this machine): look it up, at most $0.60" in lines
    assert any("pages is not asked (b2.t1)" in line for line in lines)


@pytest.mark.parametrize(("models", "asked"), [(50_000, ["breaker"]), (40_000, ["breaker", "Marlin"])])
async def test_follow_ups_leave_the_money_for_models(tmp_path: Path, models: int, asked: list[str]) -> None:
    """A paid follow-up is skipped, and said to be, where it could cost what reading and writing may need."""
    pages = Pages(PAGES)
    async with small_app(tmp_path, pages, estimate=100_000) as app:
        graph = build(app.services, lambda run, plan: Forecast(worst=models)).compile()  # noqa: ARG005 - given by name
        ask = Ask(question="breaker?", options=asdict(Options(budget=140_000)))
        made = (await graph.ainvoke(ask, {"configurable": {"thread_id": "r1"}}))["report"]
    assert pages.made == asked
    skipped = [gap for gap in made["unknowns"] if gap["kind"] == "follow_up_skipped"]
    assert bool(skipped) == (len(asked) == 1)


async def cut_plan(app: Application) -> None:
    """Take a run to where its plan waits, cut to fit."""
    cut = Options(budget=1_000_000, approve=Approve.ASK, mode=Mode.QUICK)
    question = waiting(await events(app.run(BOTH, cut, run_id="r1"))).question
    lines = explain("r1", question)
    assert any("--approve --budget USD" in line for line in lines)
    assert any("a higher one brings it back" in line for line in lines)


@pytest.mark.parametrize(
    "going",
    [
        {"decision": {"decision": "approve"}, "budget": 1_200_000},
        {"decision": {"decision": "edit", "budget_usd": "1.20"}},
    ],
    ids=["command", "edit"],
)
async def test_a_higher_budget_brings_back_what_was_cut(tmp_path: Path, going: dict[str, Any]) -> None:
    """Released under more money, the whole plan is carried out, and no cut is left in the report."""
    pages = Pages(PAGES)
    async with small_app(tmp_path, pages, estimate=600_000) as app:
        await cut_plan(app)
        made = report(await events(app.resume("r1", **going)))
    assert pages.made == ["breaker", "marlin"]
    assert made["status"] == "answered"
    assert [gap for gap in made["unknowns"] if gap["kind"] == "plan_cut"] == []  # type: ignore[attr-defined]


async def test_a_higher_budget_alone_shows_the_plan_it_pays_for(tmp_path: Path) -> None:
    """Without a decision the fuller plan waits for one, and nothing was called."""
    pages = Pages(PAGES)
    async with small_app(tmp_path, pages, estimate=600_000) as app:
        await cut_plan(app)
        question = waiting(await events(app.resume("r1", budget=2_000_000))).question
        assert await app.pending("r1") == question
    assert (question["cut"], question["estimate_usd"]) == ([], "1.20")
    assert pages.made == []


@pytest.mark.parametrize(
    ("cap", "budget", "why"),
    [
        (None, 1_000_000, "is no more than"),
        (900_000, 2_000_000, "attest budget set user=local --per day"),
    ],
)
async def test_a_raise_that_changes_nothing_is_refused(
    tmp_path: Path, cap: int | None, budget: int, why: str
) -> None:
    """One that is no raise, or that the cap of the user makes useless, is refused, and the plan waits on."""
    async with small_app(tmp_path, Pages(PAGES), estimate=600_000) as app:
        await cut_plan(app)
        if cap is not None:
            bound = Cap(scope=Scope.USER, subject="local", window=Window.DAY, micros=cap)
            database = Database(tmp_path / "attest.db", migrations=MIGRATIONS)
            await database.write(partial(set_cap, cap=bound))
            await database.close()
        with pytest.raises(Refused, match=why):
            await events(app.resume("r1", {"decision": "approve"}, budget=budget))
        assert (await app.pending("r1") or {})["kind"] == "plan"
