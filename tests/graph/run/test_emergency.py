from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from graph.app import open_app
from graph.config.settings import Settings
from graph.options import Options
from guards.claims.citations import verify_report
from tests.fakes.app import events, report
from tools.models.extractive.judge import ExtractiveJudge
from tools.models.extractive.planner import ExtractivePlanner
from tools.models.extractive.reader import ExtractiveReader
from tools.models.extractive.writer import ExtractiveWriter
from tools.models.roles.planner import ModelPlanner

QUESTION = "When does a half-open circuit breaker close again?"
LIBRARY = str(Path("evals/library/documents").resolve())


async def broken(*_: object) -> None:
    raise ZeroDivisionError("words of a document")


def broken_at_once(*_: object) -> None:
    raise ZeroDivisionError("words of a document")


async def ask(home: Path) -> dict[str, Any]:
    async with open_app(Settings.from_environment({"ATTEST_HOME": str(home)})) as app:
        return report(await events(app.run(QUESTION, Options(docs=(LIBRARY,)), run_id="r1")))


@pytest.mark.parametrize(
    ("engine", "method", "role"),
    [(ExtractiveReader, "read", "reader"), (ExtractiveWriter, "write", "writer")],
)
async def test_when_every_engine_fails_the_report_lists_its_sources_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engine: type, method: str, role: str
) -> None:
    """The last tier: not answered, labelled with the role, sources by name, no claim, no word of a fault."""
    monkeypatch.setattr(engine, method, broken)
    made = await ask(tmp_path)
    assert made["status"] == "not answered"
    assert made["roles"][role] == "emergency"
    assert made["answer"].startswith("**No answer could be made.")
    found = [u["detail"] for u in made["unknowns"] if u["kind"] == "source_found"]
    assert any("breaker" in each for each in found)
    assert (made["claims"], made["sources"]) == ([], [])
    assert any(u["kind"] == "emergency" and u["detail"].startswith(role) for u in made["unknowns"])
    assert "words of a document" not in str(made)
    assert verify_report(made, {}) == []


async def test_without_a_judge_what_was_read_is_labelled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A judge that fails costs the verdicts, not the run: no claim passes as supported, or as an answer."""
    monkeypatch.setattr(ExtractiveJudge, "judge", broken)
    made = await ask(tmp_path)
    assert made["status"] == "not answered"
    assert made["roles"]["judge"] == "emergency"
    assert {claim["verdict"] for claim in made["claims"]} <= {"unverified"}


async def test_a_lead_that_cannot_be_found_costs_the_follow_up_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where names to follow fail, the first round still answers."""
    monkeypatch.setattr(ExtractiveReader, "leads", broken)
    made = await ask(tmp_path)
    assert made["claims"]


async def test_a_question_that_cannot_be_planned_is_searched_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With every planner failing, one line of inquiry asks the question: an answer, partial and labelled."""
    monkeypatch.setattr(ExtractivePlanner, "plan", broken)
    made = await ask(tmp_path)
    assert made["claims"]
    assert (made["status"], made["roles"]["planner"]) == ("partly answered", "emergency")
    named = [u["detail"] for u in made["unknowns"] if u["kind"] == "emergency"]
    assert named == ["planner: it failed unexpectedly, the question is searched as it is"]
    assert "words of a document" not in str(made)


async def test_the_engine_plans_where_what_asks_models_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault in the planner that asks models costs nothing while the engine below it plans."""
    monkeypatch.setattr(ModelPlanner, "plan", broken)
    made = await ask(tmp_path)
    assert made["claims"]
    assert (made["status"], made["roles"]) == ("answered", {})


async def test_a_plan_of_nothing_at_all_still_ends_with_a_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where not even a search can be written down, the run is refused, and says whose work is missing."""
    monkeypatch.setattr(ExtractivePlanner, "plan", broken)
    monkeypatch.setattr(ExtractivePlanner, "tasks", broken_at_once)
    made = await ask(tmp_path)
    assert made["status"] == "refused"
    assert made["roles"]["planner"] == "emergency"


async def test_follow_ups_that_cannot_be_planned_cost_themselves_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A planner that fails at a second round leaves the first one its answer."""
    monkeypatch.setattr(ExtractivePlanner, "follow", broken)
    made = await ask(tmp_path)
    assert made["claims"]
