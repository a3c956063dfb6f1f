"""Read questions about documentation that others wrote: each corpus with its documents."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from evals.data import DataSet, rows
from evals.questions import Corpus, EvalQuestion, Gold

DOCS = DataSet(
    name="docs_qa",
    files={
        "questions.jsonl": {
            "id": str,
            "corpus": str,
            "kind": str,
            "question": str,
            "answerable": bool,
            "must": list,
            "gold": list,
        }
    },
    origin="questions about documentation, each with `corpora/<corpus>/` beside them",
)


def docs_qa(folder: Path) -> Iterator[Corpus]:
    """Yield each corpus of a folder with its questions; raises Misconfigured when a row is malformed."""
    asked = list(rows(folder / "questions.jsonl", DOCS.files["questions.jsonl"]))
    for name in dict.fromkeys(row["corpus"] for row in asked):
        yield Corpus(
            name=name,
            documents=folder / "corpora" / name,
            rows=tuple(
                EvalQuestion(
                    id=row["id"],
                    question=row["question"],
                    kind=row["kind"],
                    gold=tuple(Gold(documents=(gold["path"],), quote=gold["quote"]) for gold in row["gold"]),
                    must=tuple(map(tuple, row["must"])),
                )
                for row in asked
                if row["corpus"] == name
            ),
        )
