from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest
from pydantic import BaseModel

from graph.app import open_app
from graph.events import Planned
from graph.options import Mode, Options
from graph.records import Argument, Branch, Plan, Run
from graph.tool import Group, ToolSpec
from tests.fakes.app import events, report, small_app
from tests.fakes.gemini import gemini
from tests.fakes.tools import Pages
from tests.graph.run.test_models import LIBRARY, QUESTION, answer
from tests.graph.run.test_models import settings as with_models
from tests.graph.run.test_run import PAGES
from tools.models.model_forecast import ModelForecast
from tools.models.prompted_role import ModelRole
from tools.search_results import SearchArguments
from ui.report.report_markdown import report_markdown

SCHEMA = json.loads(Path("graph/report/report.schema.json").read_text(encoding="utf-8"))


async def test_the_estimate_stands_beside_what_was_spent(tmp_path: Path) -> None:
    """The worst case that was announced with the plan is in the report, in its schema and in words."""
    async with gemini(rule=answer) as fake, open_app(with_models(tmp_path, fake)) as app:
        announced = await events(app.run(QUESTION, Options(docs=(LIBRARY,))))
    made = report(announced)
    cost = made["cost"]
    assert isinstance(cost, dict)
    assert 0 < Decimal(cost["usd"]) < Decimal(cost["estimate_usd"])
    planned = [event.estimate for event in announced if isinstance(event, Planned)]
    assert Decimal(cost["estimate_usd"]) == Decimal(planned[0]) / 1_000_000
    assert f"spent ${cost['usd']}, planned for at most ${cost['estimate_usd']}" in report_markdown(made)
    jsonschema.Draft202012Validator(SCHEMA).validate(made)


async def test_follow_ups_are_part_of_the_estimate(tmp_path: Path) -> None:
    """A second round that was planned and paid for is counted with the first."""
    async with small_app(tmp_path, Pages(PAGES), estimate=100_000) as app:
        made = report(await events(app.run("breaker?", Options())))
    assert made["cost"]["estimate_usd"] == "0.20"  # type: ignore[index]


async def test_more_money_brings_back_what_was_cut(tmp_path: Path) -> None:
    """A run whose plan was cut goes on with the whole plan, and no call of the first time is made again."""
    pages = Pages(PAGES)
    async with small_app(tmp_path, pages, estimate=600_000) as app:
        cut = Options(budget=1_000_000, mode=Mode.QUICK)
        first = report(await events(app.run("breaker? marlin?", cut, run_id="r1")))
        made = report(await events(app.resume("r1", budget=2_000_000)))
    assert first["status"] == "partly answered"
    assert made["status"] == "answered"
    assert [gap for gap in made["unknowns"] if gap["kind"] == "plan_cut"] == []  # type: ignore[attr-defined]
    assert pages.made == ["breaker", "marlin"]


@pytest.mark.parametrize(
    ("mode", "language", "sources", "planning"),
    [
        (Mode.STANDARD, "", ("web",), 0),
        (Mode.STANDARD, "de", ("web",), 7),
        (Mode.QUICK, "de", ("web",), 0),
        (Mode.STANDARD, "de", ("documents",), 0),
    ],
)
def test_a_plan_in_another_language_is_paid_for(
    mode: Mode, language: str, sources: tuple[str, ...], planning: int
) -> None:
    """What planning may have cost is counted for just those simple questions for which a model is asked."""
    model = ToolSpec(
        name="m", version="1", purpose="", arguments=BaseModel, group=Group.MODEL, worst=lambda _: 7
    )
    web = ToolSpec(name="wiki", version="1", purpose="", arguments=SearchArguments, group=Group.WEB)
    options = Options(mode=mode, language=language, sources=sources)
    run = Run(id="r", question="How long do entries live?", options=options, started=0.0)
    foreseen = ModelForecast({ModelRole.PLANNER: ["m"]}, [model, web])(run, Plan(branches=()))
    assert foreseen.planning == planning


def test_the_request_to_reword_is_paid_for_and_not_expected() -> None:
    """The most that writing may cost is two calls; one is expected, as most answers need no second."""
    sent: list[str] = []

    def price(arguments: BaseModel) -> int:
        sent.append(arguments.model_dump()["prompt"].partition("@")[0])
        return 7

    model = ToolSpec(name="m", version="1", purpose="", arguments=BaseModel, group=Group.MODEL, worst=price)
    run = Run(id="r", question="How long do entries live?", options=Options(mode=Mode.QUICK), started=0.0)
    branch = Branch(id="b", root="b", question=Argument(value=run.question), tasks=())
    foreseen = ModelForecast({ModelRole.WRITER: ["m"]}, [model])(run, Plan(branches=(branch,)))
    assert (foreseen.worst, foreseen.expected) == (14, 7)
    assert sorted(sent) == ["rewording", "writer", "writer"]
