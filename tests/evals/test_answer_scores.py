"""An answer is scored by its own words, and the suite reads its data by the form of the rows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.answer_scores import Question, is_full, score
from evals.questions import EvalQuestion, Gold
from evals.suite import Setup
from evals.suites.answers import measure
from graph.errors import Misconfigured

ROW = {
    "id": "q1",
    "corpus": "shop",
    "kind": "number",
    "question": "How heavy is the loom?",
    "answerable": True,
    "must": [["45 kg", "45 kilograms"]],
    "gold": [{"path": "loom.md", "quote": "The loom weighs 45 kg."}],
}
OTHER = {
    **ROW,
    "id": "q2",
    "kind": "unanswerable",
    "question": "Who painted the ceiling of the Borealis museum?",
    "answerable": False,
    "must": [],
    "gold": [],
}


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("It weighs *45* kg.", True),
        ("It weighs 45\n kg.", True),
        ("It weighs 145 kg.", False),
        ("It weighs 45 kgs.", False),
    ],
)
def test_words_count_whole_and_whatever_their_marks(text: str, full: bool) -> None:  # noqa: FBT001 - expected
    """Emphasis and white space do not matter, a longer word or number does."""
    assert is_full((("45 kg",),), text) is full


def test_a_score_tells_the_first_claim_from_the_others() -> None:
    """Full first, full anywhere, silent, and how many claims help nobody."""
    asked = EvalQuestion(
        id="q1",
        question="How heavy is the loom?",
        kind="number",
        gold=(Gold(documents=("loom.md",), quote="The loom weighs 45 kg."),),
        must=(("45 kg", "45 kilograms"),),
    )
    question = Question.of("shop", asked)
    late = score(question, ["It is made of oak.", "The loom weighs 45 kg."])
    assert (late.first, late.anywhere, late.useless, late.silent) == (False, True, 1, False)
    assert score(question, []).silent
    assert not score(question, ["It is made of oak."]).anywhere


async def test_the_suite_asks_each_question_of_its_own_corpus(tmp_path: Path) -> None:
    """The whole product answers what the folder says and is silent on what it does not."""
    folder = tmp_path / "corpora" / "shop"
    folder.mkdir(parents=True)
    (folder / "loom.md").write_text(
        "# Loom\n\nThe loom weighs 45 kg.\n\nIt is made of oak.\n", encoding="utf-8"
    )
    rows = "\n".join(json.dumps(row) for row in (ROW, OTHER))
    (tmp_path / "questions.jsonl").write_text(rows, encoding="utf-8")
    measured = await measure(Setup(data=tmp_path, limit=None, clock=lambda: 0.0, say=lambda _: None))
    values = {metric.name: metric.value for metric in measured.metrics}
    assert values["answered in the first claim"] == 1.0
    assert values["unanswerable answered"] == 0.0


async def test_without_data_the_suite_says_what_it_needs(tmp_path: Path) -> None:
    """The fields of the rows are named."""
    with pytest.raises(Misconfigured, match="answerable"):
        await measure(Setup(data=tmp_path, limit=None, clock=lambda: 0.0, say=lambda _: None))
