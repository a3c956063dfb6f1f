from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from graph.errors import Refused
from graph.events import Announce, Waiting
from graph.options import Approve, Mode, Options
from graph.records import Result, Run
from graph.run.application import Application
from graph.tool import ToolSpec
from tests.fakes.app import events, report, small_app
from tests.fakes.tools import Pages, Query

PAGES = {
    "Breakers": "A breaker closes after three probes.",
    "Marlin": "Marlin keeps keys for 24 hours.",
    "Zebras": "A zebra has stripes.",
}
APPROVE = {"decision": "approve"}


class Dear(Pages):
    """Find pages for 30 micro-dollars a query."""

    spec = ToolSpec(name="pages", version="1", purpose="find pages", arguments=Query, price=30)

    async def run(self, arguments: BaseModel, run: Run, announce: Announce) -> Result:
        return replace(await super().run(arguments, run, announce), cost=30)


async def waits(app: Application, decision: Mapping[str, object]) -> Waiting:
    """Answer the run and return what it waits for next."""
    last = (await events(app.resume("r1", decision)))[-1]
    assert isinstance(last, Waiting), last
    return last


async def test_a_report_waits_for_its_release_over_a_restart(tmp_path: Path) -> None:
    """The person sees the answer, the claims by verdict and the cost; approved, it is published as it was."""
    asked = Options(mode=Mode.QUICK, release=Approve.ASK)
    async with small_app(tmp_path, Pages(PAGES)) as app:
        last = (await events(app.run("breaker? zymurgy?", asked, run_id="r1")))[-1]
    assert isinstance(last, Waiting)
    question: dict[str, Any] = dict(last.question)
    assert json.loads(json.dumps(question)) == question
    assert (last.kind, question["claims"], question["cost_usd"]) == ("report", {"supported": 1}, "0.00")
    assert "unanswered" in {unknown["kind"] for unknown in question["unknowns"]}
    async with small_app(tmp_path, pages := Pages(PAGES)) as app:
        made = report(await events(app.resume("r1", APPROVE)))
    assert pages.made == []
    assert (made["answer"], made["status"]) == (question["answer"], question["status"])


async def test_a_withheld_report_ends_the_run_refused_without_its_text(tmp_path: Path) -> None:
    """The record says that it was withheld and why, and holds neither answer, claims nor sources."""
    async with small_app(tmp_path, Pages(PAGES)) as app:
        await events(app.run("breaker?", Options(release=Approve.ASK), run_id="r1"))
        again = await waits(app, {"decision": "edit", "question": "Who?"})
        assert "cannot be edited" in str(again.question["problem"])
        made: Any = report(await events(app.resume("r1", {"decision": "reject", "because": "too early"})))
    assert made["status"] == "refused"
    assert (made["claims"], made["sources"]) == ([], [])
    assert "three probes" not in json.dumps(made)
    why = "rejected: the report was withheld: too early"
    assert {"kind": "rejected", "detail": why} in made["unknowns"]


@pytest.fixture
def dear() -> Dear:
    return Dear(PAGES)


async def out_of_money(app: Application) -> Waiting:
    """Take a run to where its budget is spent after two of three calls."""
    asked = Options(mode=Mode.QUICK, budget=60, approve=Approve.ASK)
    await events(app.run("breaker? zebra? marlin?", asked, run_id="r1"))
    return await waits(app, APPROVE)


async def test_a_raised_budget_does_what_was_left_undone(tmp_path: Path, dear: Dear) -> None:
    """The run asks with what it spent and lacks; raised, it makes the third call and repeats no other."""
    async with small_app(tmp_path, dear) as app:
        question: dict[str, Any] = dict((await out_of_money(app)).question)
        before = len(dear.made)
        made: Any = report(await events(app.resume("r1", {"decision": "edit", "budget_usd": "0.00009"})))
        row = await app.services.runs.get("r1")
    spent, cap, needed = question["spent_usd"], question["budget_usd"], question["estimate_usd"]
    assert (spent, cap, needed) == ("0.00006", "0.00006", "0.00003")
    assert [each["tool"] for each in question["undone"]] == ["pages"]
    assert "attest budget set" in question["note"]
    assert (before, sorted(dear.made)) == (2, ["breaker", "marlin", "zebra"])
    assert (made["status"], made["cost"]["usd"], len(made["claims"])) == ("answered", "0.00009", 3)
    assert row is not None
    assert row.options.budget == 90


async def test_going_on_without_money_ends_partial(tmp_path: Path, dear: Dear) -> None:
    """Approving what there is asks no second time, and what is missing is named."""
    async with small_app(tmp_path, dear) as app:
        await out_of_money(app)
        made: Any = report(await events(app.resume("r1", APPROVE)))
    assert (made["status"], len(dear.made)) == ("partly answered", 2)
    assert "call_skipped" in {unknown["kind"] for unknown in made["unknowns"]}


@pytest.mark.parametrize(
    ("decision", "problem"),
    [
        ({"decision": "edit", "budget_usd": "0.00006"}, "no more than"),
        ({"decision": "edit"}, "write what the run may spend"),
        ({"decision": "reject", "because": "no"}, "approve ends the run"),
    ],
)
async def test_a_raise_that_is_none_is_asked_again(
    tmp_path: Path, dear: Dear, decision: dict[str, object], problem: str
) -> None:
    """What cannot be used is said in the next question, and nothing is called."""
    async with small_app(tmp_path, dear) as app:
        await out_of_money(app)
        again = await waits(app, decision)
    assert problem in str(again.question["problem"])
    assert len(dear.made) == 2


async def test_too_little_more_is_asked_about_again_and_resume_takes_a_budget(
    tmp_path: Path, dear: Dear
) -> None:
    """A raise that does not reach is asked about anew; `resume(budget=…)` answers over a restart."""
    async with small_app(tmp_path, dear) as app:
        await out_of_money(app)
        again = await waits(app, {"decision": "edit", "budget_usd": "0.00007"})
        assert (again.kind, again.question["budget_usd"]) == ("budget", "0.00007")
    async with small_app(tmp_path, dear) as app:
        with pytest.raises(Refused, match="only where a plan waits"):
            await events(app.resume("r1", {"decision": "approve"}, budget=90))
        made = report(await events(app.resume("r1", budget=90)))
    assert made["status"] == "answered"
    assert sorted(dear.made) == ["breaker", "marlin", "zebra"]


async def test_the_plan_may_be_edited_with_a_higher_budget(tmp_path: Path, dear: Dear) -> None:
    """The card takes a raise alone and the run goes on under it; a lower one is refused."""
    async with small_app(tmp_path, dear) as app:
        asked = Options(mode=Mode.QUICK, budget=60, approve=Approve.ASK)
        await events(app.run("breaker? zebra? marlin?", asked, run_id="r1"))
        again = await waits(app, {"decision": "edit", "budget_usd": "0.00001"})
        assert (again.kind, "no more than" in str(again.question["problem"])) == ("plan", True)
        with pytest.raises(Refused, match="amount in dollars"):
            await events(app.resume("r1", {"decision": "edit", "budget_usd": "plenty"}))
        made: Any = report(await events(app.resume("r1", {"decision": "edit", "budget_usd": "0.00009"})))
    assert (made["status"], len(dear.made)) == ("answered", 3)
