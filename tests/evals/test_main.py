"""Test the command that runs suites."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from evals.__main__ import main
from evals.suite import SUITES
from tests.evals.sets import scifact


def still() -> float:
    return 0.0


def test_an_unknown_suite_is_answered_with_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    """A suite that does not exist exits with 2 and names those that do."""
    assert main(["poetry"]) == 2
    said = capsys.readouterr().err
    assert all(name in said for name in SUITES)


def test_a_suite_writes_its_result(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The result goes to the file as JSON and to the terminal as a table, progress to stderr."""
    written = tmp_path / "result.json"
    data = scifact(tmp_path / "data")
    assert main(["retrieval", "--data", str(data), "--json", str(written)], clock=still) == 0
    result = json.loads(written.read_text())
    assert result["suite"] == "retrieval"
    assert set(result["metrics"][0]) >= {"name", "value", "n", "low", "high", "floor", "target"}
    printed = capsys.readouterr()
    assert "nDCG@10" in printed.out
    assert "of 2 questions" in printed.err


def test_missing_data_exits_with_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No data is said in words, not in a traceback."""
    assert main(["retrieval", "--data", str(tmp_path / "nowhere")]) == 2
    assert "retrieval: " in capsys.readouterr().err


def test_a_malformed_row_exits_with_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A broken line is named with its file."""
    data = scifact(tmp_path)
    with (data / "claims.jsonl").open("a") as file:
        file.write("{broken\n")
    assert main(["retrieval", "--data", str(data)]) == 2
    assert "claims.jsonl:4" in capsys.readouterr().err


def test_suites_are_imported_only_when_asked_for() -> None:
    """The list of suites costs no import of the product."""
    code = (
        "import sys, evals.suite; "
        "sys.exit('graph.app' in sys.modules or 'evals.suites.retrieval' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_retrieval_suite_has_the_common_form() -> None:
    """The module in the table has a `measure`."""
    assert callable(importlib.import_module(SUITES["retrieval"]).measure)
