from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.bench.made_documents import made
from evals.suite import Setup
from evals.suites.file_reading import measure
from tools.documents.formats.table import parse


@pytest.mark.parametrize("suffix", sorted(set(made()) - {".pdf", ".docx"}))
def test_a_made_document_holds_its_table(suffix: str) -> None:
    """What is asked for stands in every document as one row, so that choosing alone is measured with it."""
    text = parse(suffix, made()[suffix]).text
    assert "Country: Norway; 2019: 7.3; 2020: 7.9; 2021: 8.4" in text


async def test_questions_of_a_folder_are_asked(tmp_path: Path) -> None:
    """A question about a file of your own is measured beside those about the made documents."""
    (tmp_path / "a.md").write_text("# Vik\n\nThe harbour of Vik is 14 metres deep.\n", "utf-8")
    row = {
        "file": "a.md",
        "kind": "text",
        "question": "How deep is the harbour of Vik?",
        "must": ["14 metres"],
    }
    (tmp_path / "questions.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    setup = Setup(data=tmp_path, limit=1, clock=lambda: 1.0, say=lambda _: None, postgres=None)
    result = await measure(setup)
    assert {metric.name: metric.value for metric in result.metrics}["questions of the folder"] == 1.0
