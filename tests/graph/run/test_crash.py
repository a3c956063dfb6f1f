from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from graph.config.database_address import DatabaseServer, Location
from graph.stores.db.read_only import reading
from tests.fakes.databases import Engine, location
from tests.graph.run.victim import PLACES

QUESTION = (
    "When does a half-open circuit breaker close again, and what does Sandpiper use for its idempotency keys?"
)
LIBRARY = Path("evals/library/documents").resolve()
ATTEST = Path(sys.executable).with_name("attest")
OWN = {"run_id", "timings", "audit_head"}


def attest(home: Path, *words: str, place: Location | None = None) -> subprocess.CompletedProcess[str]:
    url = place.url if isinstance(place, DatabaseServer) else ""
    environment = {**os.environ, "ATTEST_HOME": str(home), "ATTEST_DATABASE_URL": url}
    return subprocess.run(
        [ATTEST, *words], env=environment, capture_output=True, text=True, timeout=60, check=False
    )


def rows(place: Location, sql: str) -> list[tuple[Any, ...]]:
    with reading(place) as connection:
        return connection.execute(sql).fetchall()


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


@pytest.mark.parametrize(
    ("engine", "moment"),
    [*(("sqlite", each) for each in PLACES), *(("postgres", each) for each in PLACES[1:4:2])],
)
def test_a_killed_run_resumes_to_the_same_report_and_repeats_no_completed_call(
    tmp_path: Path, undisturbed: dict[str, Any], engine: Engine, moment: str
) -> None:
    """SIGKILL at any of six moments: `attest resume` gives the undisturbed report, each call made once."""
    home = tmp_path / "home"
    home.mkdir()
    with location(engine, home) as place:
        resumed_after_kill(tmp_path, place, moment, undisturbed)


def resumed_after_kill(tmp_path: Path, place: Location, moment: str, undisturbed: dict[str, Any]) -> None:
    """Kill a run over that database, resume it, and compare."""
    home = tmp_path / "home"
    command = [
        sys.executable,
        "-m",
        "tests.graph.run.victim",
        str(home),
        str(LIBRARY),
        "r1",
        moment,
        QUESTION,
    ]
    url = place.url if isinstance(place, DatabaseServer) else ""
    victim = subprocess.run([*command, url], capture_output=True, text=True, timeout=60, check=False)
    assert victim.returncode == -signal.SIGKILL, victim.stderr
    completed = [json.loads(call)["task"] for (call,) in rows(place, "SELECT record FROM journal")]
    assert len(completed) == {"planning": 1, "between two calls": 3, "inside a call": 3}.get(
        moment, len(completed)
    )

    resumed = attest(home, "resume", "r1", "--json", "--out", str(tmp_path / "out"), place=place)

    assert resumed.returncode == 0, resumed.stderr
    assert same(json.loads(resumed.stdout)) == same(undisturbed)
    made = Counter(
        json.loads(detail)["task"]
        for (detail,) in rows(place, "SELECT detail FROM audit WHERE kind = 'call'")
    )
    assert set(made.values()) == {1}
    assert set(completed) <= set(made)
    assert attest(home, "verify", str(tmp_path / "out")).returncode == 0
