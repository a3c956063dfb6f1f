from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.__main__ import main

TEXT = (
    "# The lamp of Ostrey\\n\\nThe lamp of Ostrey is 31 metres high. It was lit first in 1874.\\n\\n"
    "## Keepers\\n\\nThe lamp has two keepers. They change every three weeks.\\n"
)
CASES = f"""
documents: {{lamp.md: "{TEXT}"}}
cases:
  - id: height
    question: How high is the lamp of Ostrey?
    facts: ["31 metres"]
    must_not_say: ["13 metres"]
    cites: [lamp.md]
  - id: wine
    question: Which wine does the mayor of Lisbon prefer?
    answerable: false
"""


def run(folder: Path, text: str) -> tuple[int, dict[str, object]]:
    (folder / "cases.yaml").write_text(text, encoding="utf-8")
    result = folder / "result.json"
    code = main(["cases", str(folder / "cases.yaml"), "--json", str(result)])
    return code, json.loads(result.read_text()) if result.exists() else {}


def test_cases_that_hold_pass(tmp_path: Path) -> None:
    """A fact that is said and cited, and a question left unanswered, make exit code 0."""
    code, result = run(tmp_path, CASES)
    assert (code, result["passed"], result["cases"]) == (0, True, [])


def test_a_failed_case_is_told_with_every_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A missing fact, a forbidden one and a document that is not cited are each said, with exit code 1."""
    wrong = CASES.replace('facts: ["31 metres"]', 'facts: ["40 metres"]')
    wrong = wrong.replace('["13 metres"]', '["31 metres"]').replace("cites: [lamp.md]", "cites: [boat.md]")
    code, result = run(tmp_path, wrong)
    said = capsys.readouterr().err
    assert code == 1
    assert result["passed"] is False
    assert "does not say '40 metres'" in said
    assert "says '31 metres'" in said
    assert "cites none of boat.md" in said


def test_an_answer_to_what_is_not_answerable_fails(tmp_path: Path) -> None:
    """Where silence is right an answer fails the case."""
    text = CASES.split("  - id: wine", maxsplit=1)[0].replace('facts: ["31 metres"]', "answerable: false")
    text = text.replace("    cites: [lamp.md]\n", "")
    code, result = run(tmp_path, text)
    assert code == 1
    assert "do not answer this" in str(result["cases"])


def test_without_a_file_it_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    """The suite alone names its file and the guide."""
    assert main(["cases"]) == 2
    assert "docs/cases.md" in capsys.readouterr().err
