from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from evals.bench.minimal_roles import SplittingPlanner
from graph.app import open_app
from graph.options import Options
from graph.ports import Services
from graph.records import source_id
from nodes.gather import MOST_PASSAGES
from tests.fakes.app import around, events, report
from tests.fakes.gemini import Asked, Gemini, Reply, gemini
from tests.fakes.tools import Pages
from tests.graph.run.test_models import NUMBERED, settings
from tools.models.evidence_packing import tokens_of
from tools.models.roles.reader import BUDGET

QUESTION = "How long does the marlin sleep?"
SOURCES, LETTERS = 200, 20_000
FILL = "It is told at length by whoever was there that day. "


def page(number: int) -> str:
    """Write a source of 20 KB that answers in its first sentence."""
    first = f"The marlin of harbour {number} will sleep for {number + 2} hours. "
    return (first + FILL * (LETTERS // len(FILL) + 1))[:LETTERS]


PAGES = {f"Harbour {number}": page(number) for number in range(SOURCES)}


def flooded(tool: Pages) -> Callable[[Services], Services]:
    """Let one call bring every source whole; all else stays as it is."""

    def adapt(made: Services) -> Services:
        return replace(made, planner=SplittingPlanner(tool.spec.name), toolbox=around(made, tool))

    return adapt


def told(asked: Asked) -> Reply:
    """Point at the first sentence of a source, and quote it."""
    if not asked.system.startswith("You read"):
        return Reply(text=json.dumps({"sentences": []}))
    first = next(int(at) for at, words in NUMBERED.findall(asked.user) if "will sleep for" in words)
    return Reply(text=json.dumps({"findings": [{"sentences": [first], "relevance": 0.9}]}))


async def ask(home: Path, fake: Gemini) -> dict[str, Any]:
    async with open_app(settings(home, fake), flooded(Pages(PAGES))) as app:
        return report(await events(app.run(QUESTION, Options(), run_id="r1")))


@pytest.mark.parametrize("up", [True, False])
async def test_four_megabytes_of_sources_fit_a_run_and_what_does_not_is_listed(
    tmp_path: Path,
    up: bool,  # noqa: FBT001 - given by pytest
) -> None:
    """200 sources of 20 KB: no prompt is above its budget, the answer stands, what is unread is named."""
    async with gemini(rule=told if up else lambda _: Reply(status=400)) as fake:
        made = await ask(tmp_path, fake)
    assert made["status"] == "answered"
    assert made["claims"][0]["citations"][0]["quote"].startswith("The marlin of harbour")
    left = " ".join(u["detail"] for u in made["unknowns"] if u["kind"] == "left_out")
    named = {text for text in PAGES.values() if source_id(text)[:12] in left}
    shown = [asked.user for asked in fake.asked if asked.system.startswith("You read")]
    assert all(tokens_of(user) <= BUDGET + 1_000 for user in shown)
    unshown = {text for text in PAGES.values() if text.partition(".")[0] not in shown[0]}
    assert len(named) >= SOURCES - MOST_PASSAGES
    assert len(unshown) > SOURCES // 2
    assert unshown <= named or not up
