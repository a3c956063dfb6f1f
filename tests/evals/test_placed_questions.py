"""A question is asked only where its answer stands as it did when it was written."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from evals.placed_questions import placed

TEXT = "# Loom\n\nThe loom weighs 45 kg.\n"
WORDS = "The loom weighs 45 kg."


def row(name: str, start: int) -> str:
    """Write a question whose answer stands from a place on."""
    place = {
        "document": "loom.md",
        "start": start,
        "end": start + len(WORDS),
        "sha256": hashlib.sha256(WORDS.encode()).hexdigest()[:16],
    }
    return json.dumps(
        {"id": name, "question": "How heavy?", "kind": "number", "must": [["45 kg"]], "gold": [place]}
    )


def test_words_that_moved_leave_their_question_out(tmp_path: Path) -> None:
    """The digest tells; a document that is missing counts as moved, and no gold as nothing to check."""
    silent = json.dumps({"id": "c", "question": "How old?", "kind": "unanswerable", "gold": []})
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join((row("a", TEXT.index(WORDS)), row("b", 0), silent)), encoding="utf-8")
    found = list(placed(file, {"loom.md": TEXT}))
    assert [each.id for each in found] == ["a", "c"]
    assert found[0].gold[0].quote == WORDS
    assert found[0].must == (("45 kg",),)
    assert [each.id for each in placed(file, {})] == ["c"]
