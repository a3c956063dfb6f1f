"""Make a corpus of the descriptions of installed packages, with our questions about some of them."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import distributions
from pathlib import Path

from evals.placed_questions import placed
from evals.questions import Corpus

QUESTIONS = Path(__file__).parent / "readmes" / "questions.jsonl"
NAME = "readmes"
_SHORTEST = 3_000  # characters: a shorter description says little
_OWN = "attest"


def readmes(into: Path) -> Corpus:
    """Write the descriptions as documents; return them with the questions whose answers they hold."""
    documents = into / "documents"
    documents.mkdir(parents=True, exist_ok=True)
    texts = dict(_described())
    for name, text in texts.items():
        (documents / name).write_text(text, encoding="utf-8")
    return Corpus(name=NAME, documents=documents, rows=tuple(placed(QUESTIONS, texts)))


def _described() -> Iterator[tuple[str, str]]:
    for each in distributions():
        name, text = each.metadata["Name"].lower(), str(each.metadata.json.get("description", ""))
        if len(text) >= _SHORTEST and name != _OWN:
            yield f"{name}.md", text
