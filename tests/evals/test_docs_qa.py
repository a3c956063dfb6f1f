"""Questions of others are read corpus by corpus, with what a full answer must say."""

from __future__ import annotations

import json
from pathlib import Path

from evals.docs_qa import docs_qa


def test_each_corpus_has_its_own_questions(tmp_path: Path) -> None:
    """In the order of the file, each with its folder of documents."""
    rows = [
        {
            "id": f"{corpus}-1",
            "corpus": corpus,
            "kind": "number",
            "question": "How heavy is it?",
            "answerable": True,
            "must": [["45 kg", "45 kilograms"]],
            "gold": [{"path": "loom.md", "quote": "The loom weighs 45 kg."}],
        }
        for corpus in ("shop", "mill")
    ]
    (tmp_path / "questions.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    shop, mill = docs_qa(tmp_path)
    assert (shop.name, mill.name) == ("shop", "mill")
    assert shop.documents == tmp_path / "corpora" / "shop"
    (asked,) = mill.rows
    assert asked.must == (("45 kg", "45 kilograms"),)
    assert asked.gold[0].documents == ("loom.md",)
