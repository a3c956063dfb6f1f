"""Make a corpus of the descriptions of installed packages, with questions about some of them.

The questions are ours, the descriptions are not: a question holds where its answer stands, and a digest of
the words there. In another release of a package the words may have moved, and its question is left out.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

from evals.questions import Corpus, library

QUESTIONS = Path(__file__).parent / "readmes" / "questions.jsonl"
NAME = "readmes"
_SHORTEST = 3_000  # characters: a shorter description says little
_OWN = "attest"
_DIGITS = 16  # of a digest


def readmes(into: Path) -> Corpus:
    """Write the descriptions as documents; return them with the questions whose answers they hold."""
    documents = into / "documents"
    documents.mkdir(parents=True, exist_ok=True)
    for name, text in _described():
        (documents / name).write_text(text, encoding="utf-8")
    texts = {path.name: path.read_text(encoding="utf-8") for path in documents.iterdir()}
    kept = [json.dumps(row) for row in _quoted(texts)]
    (into / QUESTIONS.name).write_text("\n".join(kept) + "\n", encoding="utf-8")
    return Corpus(name=NAME, documents=documents, rows=library(into, QUESTIONS.name).rows)


def _described() -> Iterator[tuple[str, str]]:
    for each in distributions():
        name, text = each.metadata["Name"].lower(), str(each.metadata.json.get("description", ""))
        if len(text) >= _SHORTEST and name != _OWN:
            yield f"{name}.md", text


def _quoted(texts: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
    """Yield each question with the words of its answers, if they stand where it says."""
    for line in QUESTIONS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        gold = [_quote(place, texts) for place in row["gold"]]
        if all(gold):
            yield {**row, "gold": gold}


def _quote(place: Mapping[str, Any], texts: Mapping[str, str]) -> Mapping[str, Any] | None:
    words = texts.get(place["document"], "")[place["start"] : place["end"]]
    same = hashlib.sha256(words.encode()).hexdigest()[:_DIGITS] == place["sha256"]
    return {"document": place["document"], "quote": words} if same else None
