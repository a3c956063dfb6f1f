"""Every manner of model is asked through the whole product, beside the engine without one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.bench.scripted_model import Manner
from evals.suite import Setup
from evals.suites.model_path import EXTRACTIVE, measure
from graph.errors import Misconfigured

TEXT = (
    "# The granary\n\nThe granary of Sull holds 900 tonnes of barley. Its roof was mended twice.\n\n"
    "The miller of Sull sells bread on Fridays and keeps geese behind the house.\n"
)
ROWS = (
    {
        "id": "q1",
        "corpus": "sull",
        "kind": "number",
        "question": "How many tonnes of barley does the granary of Sull hold?",
        "answerable": True,
        "must": [["900 tonnes"]],
        "gold": [{"path": "a.md", "quote": "The granary of Sull holds 900 tonnes of barley."}],
    },
    {
        "id": "q2",
        "corpus": "sull",
        "kind": "unanswerable",
        "question": "Which wine does the mayor of Lisbon prefer?",
        "answerable": False,
        "must": [],
        "gold": [],
    },
)


def setup(data: Path) -> Setup:
    return Setup(data=data, limit=None, clock=lambda: 0.0, say=lambda _: None)


async def test_no_manner_of_model_makes_an_easy_answer_worse(tmp_path: Path) -> None:
    """What the engine answers alone is answered whatever a model says, and no lie is let through."""
    documents = tmp_path / "corpora" / "sull"
    documents.mkdir(parents=True)
    (documents / "a.md").write_text(TEXT, encoding="utf-8")
    (tmp_path / "questions.jsonl").write_text("\n".join(map(json.dumps, ROWS)), encoding="utf-8")
    values = {metric.name: metric for metric in (await measure(setup(tmp_path))).metrics}
    for name in (EXTRACTIVE, *Manner):
        assert values[f"{name}: first"].value == 1.0
        assert values[f"{name}: unanswerable answered"].value == 0.0
    for manner in Manner:
        assert values[f"{manner}: unsupported claims let through"].value == 0.0
        assert values[f"{manner}: first"].floor == 1.0


async def test_without_questions_it_says_which_to_fetch(tmp_path: Path) -> None:
    """No data is an error with the form it is wanted in."""
    with pytest.raises(Misconfigured, match=r"questions\.jsonl"):
        await measure(setup(tmp_path))
