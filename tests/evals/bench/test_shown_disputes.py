"""A planted answer counts by what the report shows of it."""

from __future__ import annotations

import json
from pathlib import Path

from evals.bench.shown_disputes import shown
from evals.suite import Setup

DORN = "The Dorn bridge was opened on 3 May 1931 by the mayor of Marlow."


def document(text: str, kind: str, answer: str) -> dict[str, str]:
    return {"text": text, "type": kind, "answer": answer}


def row(name: str, *documents: dict[str, str]) -> dict[str, object]:
    question = "When was the Dorn bridge opened?"
    return {"id": name, "question": question, "documents": list(documents), "gold_answers": ["3 May 1931"]}


async def test_a_planted_answer_is_disputed_beside_the_right_one(tmp_path: Path) -> None:
    """Both are shown and marked; a question without a planted answer is not asked."""
    right = document(DORN, "correct", "3 May 1931")
    wrong = document(DORN.replace("3 May 1931", "9 June 1938"), "misinfo", "9 June 1938")
    lines = map(json.dumps, (row("1", right, wrong), row("2", right)))
    (tmp_path / "rows.jsonl").write_text("\n".join(lines), encoding="utf-8")
    setup = Setup(data=tmp_path, limit=None, clock=lambda: 0.0, say=lambda _: None)
    metrics, cases = await shown(tmp_path, setup)
    assert [(metric.n, metric.value) for metric in metrics] == [(1, 0.0), (1, 0.0)]
    assert list(cases) == []
