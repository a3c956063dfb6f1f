"""A simple question costs two calls to a model at most."""

from __future__ import annotations

import pytest

from graph.options import Mode
from tests.tools.models.extractive.made import excerpt
from tests.tools.models.roles.scripted import COMPOUND, Library, Scripted, asked, whole
from tools.models.extractive.judge import ExtractiveJudge
from tools.models.extractive.planner import ExtractivePlanner
from tools.models.extractive.reader import ExtractiveReader
from tools.models.extractive.writer import ExtractiveWriter
from tools.models.prompted_role import ModelRole
from tools.models.roles.judge import ModelJudge
from tools.models.roles.planner import ModelPlanner
from tools.models.roles.reader import ModelReader
from tools.models.roles.simple_questions import is_simple
from tools.models.roles.writer import ModelWriter

SIMPLE = "How long does an open breaker wait?"
WAITS = ("An open breaker waits 15 seconds.", "After 15 seconds an open breaker lets a probe through.")


async def test_a_simple_question_makes_two_calls() -> None:
    """All four roles work, and only the reader and the writer ask a model."""
    run = asked(SIMPLE)
    found = {"sentences": [1], "relevance": 0.9}, {"sentences": [2], "relevance": 0.8}
    asks = Scripted({"findings": list(found)}, {"sentences": []})
    plan = await ModelPlanner(asks, ExtractivePlanner()).plan(run)
    excerpts = [excerpt(text) for text in WAITS]
    claims = await ModelReader(asks, ExtractiveReader()).read(run, "b1", SIMPLE, excerpts)
    assert [claim.spans for claim in claims] == [(whole(text),) for text in WAITS]
    pairs = list(zip(claims, excerpts, strict=True))
    verdicts = await ModelJudge(asks, ExtractiveJudge()).judge(run, SIMPLE, pairs)
    writer = ModelWriter(asks, ExtractiveWriter(), Library(WAITS))
    draft = await writer.write(run, plan.branches, claims, verdicts)
    assert [prompted.role for prompted in asks.asked] == [ModelRole.READER, ModelRole.WRITER]
    assert len(draft.sections[0].claims) == len(WAITS)


@pytest.mark.parametrize(
    ("question", "mode", "simple"),
    [
        (SIMPLE, Mode.STANDARD, True),
        (SIMPLE, Mode.QUICK, True),
        (SIMPLE, Mode.DEEP, False),
        (COMPOUND, Mode.STANDARD, False),
        (COMPOUND, Mode.QUICK, True),
        (" ".join(["why"] * 21), Mode.STANDARD, False),
    ],
)
def test_simple_is_short_and_asks_one_thing(question: str, mode: Mode, *, simple: bool) -> None:
    """Length, parts and mode decide; a deep run asked for more than the least."""
    assert is_simple(asked(question, mode)) is simple
