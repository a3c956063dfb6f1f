"""The size of a job chooses the tier that is asked first."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from graph.app import open_app
from graph.config.settings import ROLES, Settings
from graph.options import Mode, Options
from tests.fakes.app import events, report
from tests.fakes.gemini import KEY, Asked, Reply, gemini
from tools.models.job_size import SMALL, JobSize, in_order, is_small, size_of
from tools.models.prompted_role import ModelRequest, ModelRole

PREMIUM, STANDARD = "gemini-2.5-pro", "gemini-2.5-flash"
FACTS = {
    "How long does a kettle boil?": "A kettle boils for three minutes before it turns itself off.",
    "What colour is a heron?": "A heron is grey, and the colour of a heron does not change in winter.",
    "Where does a ferry land?": "A ferry lands at the eastern pier, where each has landed since spring.",
}


@pytest.mark.parametrize("role", list(ModelRole))
def test_a_job_is_small_up_to_the_limits_of_its_role(role: ModelRole) -> None:
    """At its limits a job is small; one more of any measure makes it large."""
    most = SMALL[role]
    assert is_small(role, most)
    larger = [replace(most, **{name: getattr(most, name) + 1}) for name in ("tokens", "claims", "parts")]
    assert [is_small(role, size) for size in larger] == [False, False, False]


def test_a_small_job_asks_the_best_tier_last_and_a_large_one_first() -> None:
    """No tier is lost, whatever the size; a role with one tier, or none, has no choice."""
    small, large = JobSize(tokens=10), JobSize(tokens=100_000)
    assert in_order(ModelRole.READER, small, ("a", "b", "c")) == ("b", "c", "a")
    assert in_order(ModelRole.READER, large, ("a", "b", "c")) == ("a", "b", "c")
    assert [tuple(in_order(ModelRole.READER, small, tiers)) for tiers in (("a",), ())] == [("a",), ()]


def test_a_question_is_measured_with_its_instruction() -> None:
    """Tokens are those of all that is sent; claims and parts are what the role says."""
    prompted = ModelRequest(
        role=ModelRole.WRITER, prompt="p", system="x" * 300, user="y" * 30, claims=3, parts=2
    )
    assert size_of(prompted) == JobSize(tokens=110, claims=3, parts=2)


@pytest.mark.parametrize(("parts", "first"), [(1, STANDARD), (3, PREMIUM)])
async def test_a_small_answer_is_written_by_the_standard_tier_and_a_large_one_by_the_premium(
    tmp_path: Path, parts: int, first: str
) -> None:
    """Over the real application: the number of parts alone, in prompts as short, moves the writing up."""
    docs = tmp_path / "docs"
    docs.mkdir()
    for number, fact in enumerate(FACTS.values()):
        (docs / f"{number}.md").write_text(fact, encoding="utf-8")
    question = " ".join(list(FACTS)[:parts])
    async with gemini(rule=_told) as fake:
        named = {f"ATTEST_{role.upper()}_MODELS": f"{PREMIUM},{STANDARD}" for role in ROLES}
        where = {"ATTEST_HOME": str(tmp_path), "ATTEST_GEMINI_URL": fake.url, "ATTEST_GEMINI_KEY": KEY}
        async with open_app(Settings.from_environment({**named, **where})) as app:
            made = report(await events(app.run(question, Options(docs=(str(docs),), mode=Mode.QUICK))))
    asked = [(_role(request), request.model) for request in fake.asked]
    assert asked == [("reader", STANDARD)] * parts + [("writer", first)]
    assert made["status"] == "answered"


def _role(asked: Asked) -> str:
    return "reader" if asked.system.startswith("You read") else "writer"


def _told(asked: Asked) -> Reply:
    """Point at the first sentence; add nothing to what was quoted."""
    if _role(asked) == "reader":
        return Reply(text=json.dumps({"findings": [{"sentences": [1], "relevance": 0.9}]}))
    return Reply(text=json.dumps({"sentences": []}))
