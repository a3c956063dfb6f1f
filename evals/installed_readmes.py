"""Make a corpus of the descriptions of installed packages, with questions about some of them."""

from __future__ import annotations

from importlib.metadata import distributions
from pathlib import Path

from evals.questions import Corpus, library, locate

QUESTIONS = Path(__file__).parent / "readmes" / "questions.jsonl"
NAME = "readmes"
_SHORTEST = 3_000  # characters: a shorter description says little
_OWN = "attest"


def readmes(into: Path) -> Corpus:
    """Write the descriptions as documents; return them with the questions whose quotes they hold."""
    documents = into / "documents"
    documents.mkdir(parents=True, exist_ok=True)
    for each in distributions():
        name, text = each.metadata["Name"].lower(), str(each.metadata.json.get("description", ""))
        if len(text) >= _SHORTEST and name != _OWN:
            (documents / f"{name}.md").write_text(text, encoding="utf-8")
    (into / QUESTIONS.name).write_bytes(QUESTIONS.read_bytes())
    asked = library(into, QUESTIONS.name)
    texts = {path.name: path.read_text(encoding="utf-8") for path in documents.iterdir()}
    kept = tuple(
        row
        for row in asked.rows
        if all(locate(texts.get(name, ""), gold.quote) for gold in row.gold for name in gold.documents)
    )
    return Corpus(name=NAME, documents=documents, rows=kept)
