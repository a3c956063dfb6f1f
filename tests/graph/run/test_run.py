from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path

import jsonschema
import pytest
from pydantic import BaseModel

from graph.errors import Refused
from graph.events import Announce, CallFinished, Event, PhaseStarted, Planned, Waiting
from graph.options import Approve, Mode, Options
from graph.records import Outcome, Phase, Result, Run
from tests.fakes.app import events, report, small_app
from tests.fakes.tools import Pages

SCHEMA = json.loads(Path("graph/report/report.schema.json").read_text(encoding="utf-8"))
PAGES = {
    "Breakers": "A breaker closes after three probes.\nFor its keys see Marlin.",
    "Marlin": "The Marlin store keeps keys for 24 hours.",
}


def waiting(announced: list[Event]) -> Waiting:
    assert isinstance(announced[-1], Waiting), announced[-1]
    return announced[-1]


async def test_a_question_passes_all_five_phases_and_comes_back_cited(tmp_path: Path) -> None:
    """One run announces the five phases in order and cites the exact words of its sources."""
    async with small_app(tmp_path, Pages(PAGES)) as app:
        announced = await events(app.run("When does a breaker close?", Options(mode=Mode.QUICK)))
    assert [e.phase for e in announced if isinstance(e, PhaseStarted)] == list(Phase)
    made = report(announced)
    assert made["status"] == "answered"
    assert made["answer"] == "A breaker closes after three probes. [1]"
    assert made["claims"][0]["citations"][0]["quote"] == "A breaker closes after three probes."  # type: ignore[index]


@pytest.mark.parametrize("question", ["breaker? unavailable? zebra?", "zebra?", "", "marlin?"])
async def test_every_report_keeps_the_published_schema(tmp_path: Path, question: str) -> None:
    """Complete, partial, silent and refused reports are all of schema `attest.report/1`."""
    async with small_app(tmp_path, Pages(PAGES)) as app:
        made = report(await events(app.run(question, Options())))
    jsonschema.Draft202012Validator(SCHEMA).validate(made)


async def test_a_lead_becomes_a_tainted_follow_up(tmp_path: Path) -> None:
    """A name found in a source is searched for in a second round, and the crossing is in the books."""
    pages = Pages(PAGES)
    async with small_app(tmp_path, pages) as app:
        announced = await events(app.run("breaker?", Options()))
        snapshot = await app.graph.aget_state({"configurable": {"thread_id": report(announced)["run_id"]}})
    assert pages.made == ["breaker", "Marlin"]
    assert [e.questions for e in announced if isinstance(e, Planned)] == [("breaker",), ("Marlin",)]
    follow_up = snapshot.values["plan"].branches[1]
    assert follow_up.tasks[0].arguments["query"].tainted
    assert [c.crossing for c in snapshot.values["crossed"]].count("lead") == 1
    assert "24 hours" in str(report(announced)["answer"])


async def test_a_failed_branch_costs_its_own_answer_only(tmp_path: Path) -> None:
    """Siblings of a failed branch finish, and the report says what failed."""
    async with small_app(tmp_path, Pages(PAGES)) as app:
        announced = await events(app.run("breaker? unavailable? marlin?", Options(mode=Mode.QUICK)))
    made = report(announced)
    assert made["status"] == "partly answered"
    assert {"unavailable", "unanswered"} <= {u["kind"] for u in made["unknowns"]}  # type: ignore[attr-defined]
    assert len(made["claims"]) == 2  # type: ignore[arg-type]


async def test_nothing_found_is_said_and_never_called_an_answer(tmp_path: Path) -> None:
    """When nothing is found, the run says so: it is no failure, and no answer."""
    async with small_app(tmp_path, Pages(PAGES)) as app:
        made = report(await events(app.run("zebra?", Options())))
    assert (made["answer"], made["status"], made["claims"]) == (
        "Nothing was found to read.",
        "not answered",
        [],
    )


@pytest.mark.parametrize("question", ["", "x" * 100_000, "a\x00b"])
async def test_a_bad_question_is_refused_with_a_report(tmp_path: Path, question: str) -> None:
    """A refusal is a report too: no call is made, the reason is in it, the books are sealed."""
    pages = Pages(PAGES)
    async with small_app(tmp_path, pages) as app:
        made = report(await events(app.run(question, Options())))
    assert made["status"] == "refused"
    assert made["unknowns"][0]["kind"] == "refused"  # type: ignore[index]
    assert made["audit_head"]
    assert pages.made == []


async def test_a_plan_over_the_budget_is_refused_before_any_call(tmp_path: Path) -> None:
    """A plan of which nothing can be paid for is refused before money can move."""
    pages = Pages(PAGES)
    async with small_app(tmp_path, pages, estimate=1_000_001) as app:
        made = report(await events(app.run("breaker? marlin?", Options(budget=1_000_000))))
    assert made["status"] == "refused"
    assert "--budget" in str(made["answer"])
    assert pages.made == []


async def test_approval_waits_survives_a_restart_and_takes_an_edit(tmp_path: Path) -> None:
    """A plan waits for a person across processes; a wrong edit is explained, a right one is carried out."""
    asking = Options(mode=Mode.QUICK, approve=Approve.ASK)
    async with small_app(tmp_path, Pages(PAGES)) as app:
        question = waiting(await events(app.run("breaker?", asking, run_id="r1"))).question
    pages = Pages(PAGES)
    async with small_app(tmp_path, pages) as app:
        assert waiting(await events(app.resume("r1"))).question == question
        wrong = await events(app.resume("r1", {"decision": "edit", "plan": {"branches": []}}))
        assert "no line of inquiry" in str(waiting(wrong).question["problem"])
        plan = question["plan"]
        plan["branches"][0]["tasks"][0]["arguments"]["query"] = "marlin"  # type: ignore[index]
        made = report(await events(app.resume("r1", {"decision": "edit", "plan": plan})))
    assert pages.made == ["marlin"]
    assert "24 hours" in str(made["answer"])


async def test_a_rejected_plan_is_refused_with_the_persons_reason(tmp_path: Path) -> None:
    """A no is kept with its reason and costs nothing."""
    pages = Pages(PAGES)
    async with small_app(tmp_path, pages) as app:
        await events(app.run("breaker?", Options(approve=Approve.ASK), run_id="r1"))
        made = report(await events(app.resume("r1", {"decision": "reject", "because": "too broad"})))
    assert made["status"] == "refused"
    assert {"kind": "rejected", "detail": "rejected: too broad"} in made["unknowns"]  # type: ignore[operator]
    assert pages.made == []


async def test_a_vague_question_is_clarified_before_it_is_planned(tmp_path: Path) -> None:
    """With a person there, a question without a subject is asked back and replaced."""
    pages = Pages(PAGES)
    async with small_app(tmp_path, pages) as app:
        asked = waiting(await events(app.run("Why is it?", Options(approve=Approve.ASK), run_id="r1")))
        assert asked.kind == "clarify"
        again = waiting(await events(app.resume("r1", {"decision": "edit", "question": "marlin?"})))
        assert again.kind == "plan"
        made = report(await events(app.resume("r1", {"decision": "approve"})))
    assert made["question"] == "marlin?"
    assert pages.made == ["marlin"]


async def test_a_run_is_found_again_by_its_id_and_not_mistaken_for_another(tmp_path: Path) -> None:
    """Asking again under the same id returns the same report without a call; another question is refused."""
    pages = Pages(PAGES)
    async with small_app(tmp_path, pages) as app:
        first = report(await events(app.run("breaker?", Options(), run_id="r1")))
        made = len(pages.made)
        assert report(await events(app.run("breaker?", Options(), run_id="r1"))) == first
        assert len(pages.made) == made
        with pytest.raises(Refused, match="another question"):
            await events(app.run("marlin?", Options(), run_id="r1"))
        with pytest.raises(Refused, match="attest runs"):
            await events(app.resume("nowhere"))


class Stuck(Pages):
    """Tell when it is asked."""

    def __init__(self, pages: Mapping[str, str], *, seconds: float) -> None:
        super().__init__(pages, seconds=seconds)
        self.asked = asyncio.Event()

    async def run(self, arguments: BaseModel, run: Run, announce: Announce) -> Result:
        self.asked.set()
        return await super().run(arguments, run, announce)


async def test_a_cancelled_run_is_resumed_where_it_stopped(tmp_path: Path) -> None:
    """Stopping in the middle of a call loses only that call; resuming ends in the same answer."""
    slow = Stuck(PAGES, seconds=600)
    async with small_app(tmp_path, slow) as app:
        running = asyncio.create_task(events(app.run("breaker?", Options(mode=Mode.QUICK), run_id="r1")))
        await slow.asked.wait()
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
    pages = Pages(PAGES)
    async with small_app(tmp_path, pages) as app:
        announced = await events(app.resume("r1"))
    assert report(announced)["answer"] == "A breaker closes after three probes. [1]"
    assert slow.made == pages.made == ["breaker"]


async def test_equal_calls_of_a_run_are_made_once(tmp_path: Path) -> None:
    """A call the run completed is replayed from the journal when another branch asks the same."""
    pages = Pages(PAGES)
    async with small_app(tmp_path, pages) as app:
        await events(app.run("marlin?", Options(mode=Mode.QUICK), run_id="r1"))
        run = (await app.graph.aget_state({"configurable": {"thread_id": "r1"}})).values["run"]
        plan = (await app.graph.aget_state({"configurable": {"thread_id": "r1"}})).values["plan"]
        heard: list[Event] = []
        call = await app.services.toolbox.call(run, "b9", plan.branches[0].tasks[0], heard.append)
    assert pages.made == ["marlin"]
    assert (call.outcome, call.replayed, call.branch) == (Outcome.DONE, True, "b9")
    assert isinstance(heard[-1], CallFinished)
