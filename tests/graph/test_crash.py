from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.graph.victim import PLACES

QUESTION = (
    "When does a half-open circuit breaker close again, and how long does Marlin keep an idempotency key?"
)
LIBRARY = Path("evals/library/documents").resolve()
ATTEST = Path(sys.executable).with_name("attest")
OWN = {"run_id", "timings", "audit_head"}


def attest(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "ATTEST_HOME": str(home)}
    return subprocess.run(
        [ATTEST, *words], env=environment, capture_output=True, text=True, timeout=60, check=False
    )


def rows(home: Path, sql: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(home / "attest.db")
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def same(report: dict[str, Any]) -> dict[str, Any]:
    """Leave out what two runs may differ in: their name, their clock, and what follows from them."""
    sources = [{**source, "retrieved_at": ""} for source in report["sources"]]
    return {**{key: value for key, value in report.items() if key not in OWN}, "sources": sources}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    home = tmp_path_factory.mktemp("undisturbed")
    done = attest(home, "ask", QUESTION, "--docs", str(LIBRARY), "--json", "--out", str(home / "out"))
    assert done.returncode == 0, done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    assert report["claims"]
    return report


@pytest.mark.parametrize("place", PLACES)
def test_a_killed_run_resumes_to_the_same_report_and_repeats_no_completed_call(
    tmp_path: Path, undisturbed: dict[str, Any], place: str
) -> None:
    """SIGKILL at any of five places: `attest resume` gives the undisturbed report, each call made once."""
    home = tmp_path / "home"
    command = [sys.executable, "-m", "tests.graph.victim", str(home), str(LIBRARY), "r1", place, QUESTION]
    victim = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert victim.returncode == -signal.SIGKILL, victim.stderr
    completed = rows(home, "SELECT call FROM journal")
    assert len(completed) == {"planning": 1, "between two calls": 3, "inside a call": 3}.get(
        place, len(completed)
    )

    resumed = attest(home, "resume", "r1", "--json", "--out", str(tmp_path / "out"))

    assert resumed.returncode == 0, resumed.stderr
    assert same(json.loads(resumed.stdout)) == same(undisturbed)
    made = Counter(
        json.loads(detail)["key"] for (detail,) in rows(home, "SELECT detail FROM audit WHERE kind = 'call'")
    )
    assert set(made.values()) == {1}
    assert {call for (call,) in completed} <= set(made)
    assert attest(home, "verify", str(tmp_path / "out")).returncode == 0
