"""Write tiny data sets in the forms of the public ones."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from evals.suite import Setup

ABSTRACTS = (
    {
        "doc_id": 1,
        "title": "Krill in cold seas",
        "abstract": ["Krill swarm in cold seas.", "Whales eat krill."],
    },
    {"doc_id": 2, "title": "Lamps", "abstract": ["Lamps burn oil.", "Oil comes from whales."]},
    {"doc_id": 3, "title": "Weather", "abstract": ["Storms come in autumn."]},
)
CLAIMS = (
    {"id": 1, "claim": "Whales eat krill.", "cited_doc_ids": [1]},
    {"id": 2, "claim": "Lamps burn oil of whales.", "cited_doc_ids": [2]},
    {"id": 3, "claim": "Nobody cites this.", "cited_doc_ids": []},
)
PAGES = (
    {"id": "a", "title": "Blood Street", "text": "Blood Street is a 1988 film directed by Leo Fong."},
    {"id": "b", "title": "Leo Fong", "text": "Leo Fong (born 1928) is an actor who was born in Canton."},
    {"id": "c", "title": "Street", "text": "A street is a public road in a town."},
)
QUESTIONS = (
    {
        "id": "q",
        "question": "Where was the director of film Blood Street born?",
        "gold_titles": ["Blood Street", "Leo Fong"],
    },
)


def write(path: Path, rows: Iterable[Mapping[str, object]]) -> None:
    """Write rows as JSON lines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def scifact(folder: Path) -> Path:
    """Write a data set of SciFact's form."""
    write(folder / "corpus.jsonl", ABSTRACTS)
    write(folder / "claims.jsonl", CLAIMS)
    return folder


def twowiki(folder: Path) -> Path:
    """Write a data set of 2WikiMultihopQA's form."""
    write(folder / "corpus.jsonl", PAGES)
    write(folder / "questions.jsonl", QUESTIONS)
    return folder


def setup(data: Path, limit: int | None = None) -> Setup:
    """Return a set-up with a still clock."""
    return Setup(data=data, limit=limit, clock=lambda: 0.0, say=lambda _: None)
