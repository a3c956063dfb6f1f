from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import jsonschema

from graph.app import open_app
from graph.events import Planned
from graph.options import Mode, Options
from tests.fakes.app import events, report, small_app
from tests.fakes.gemini import gemini
from tests.fakes.tools import Pages
from tests.graph.test_models import LIBRARY, QUESTION, answer
from tests.graph.test_models import settings as with_models
from tests.graph.test_run import PAGES
from ui.report_markdown import report_markdown

SCHEMA = json.loads(Path("graph/report.schema.json").read_text(encoding="utf-8"))


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
    assert first["status"] == "partial"
    assert made["status"] == "complete"
    assert [gap for gap in made["unknowns"] if gap["kind"] == "plan_cut"] == []  # type: ignore[attr-defined]
    assert pages.made == ["breaker", "marlin"]
