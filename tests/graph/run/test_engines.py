"""Prove that a person works with either database alike, from the question to the checked report."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from graph.config.database_address import DatabaseServer, Location
from tests.fakes.databases import ENGINES, Engine, location
from tests.graph.run.test_crash import LIBRARY, QUESTION, attest


@pytest.mark.parametrize("engine", ENGINES)
def test_a_run_is_asked_approved_and_verified(tmp_path: Path, engine: Engine) -> None:
    """A run waits for a person, is listed, ends, is checked; doctor names the database."""
    with location(engine, tmp_path) as place:
        out = str(tmp_path / "out")
        asked = attest(
            tmp_path, "ask", QUESTION, "--docs", str(LIBRARY), "--approve", "ask", "--out", out, place=place
        )
        (row,) = json.loads(attest(tmp_path, "runs", "--json", place=place).stdout)
        assert row["status"] == "waiting", asked.stderr
        resumed = attest(tmp_path, "resume", row["id"], "--approve", "--out", out, place=place)
        assert resumed.returncode == 0, resumed.stderr
        assert attest(tmp_path, "verify", out, place=place).returncode == 0
        assert (tmp_path / "attest.db").exists() is (engine == "sqlite")
        money(tmp_path, place)
        checked = attest(tmp_path, "doctor", place=place).stdout
        assert any(
            line.startswith("ok") and "database" in line and shown(place) in line
            for line in checked.splitlines()
        ), checked


def shown(place: Location) -> str:
    return f"127.0.0.1:{urlsplit(place.url).port}" if isinstance(place, DatabaseServer) else str(place)


def money(home: Path, place: Location) -> None:
    """Set a cap, and read it back with the costs."""
    assert attest(home, "budget", "set", "all", "2.00", place=place).returncode == 0
    caps = json.loads(attest(home, "budget", "show", "--json", place=place).stdout)
    assert [(cap["scope"], cap["cap_usd"], cap["used_usd"]) for cap in caps][1:] == [("all", "2.00", "0.00")]
    costs = attest(home, "costs", "--by", "day", place=place)
    assert (costs.returncode, costs.stderr.strip()) == (0, "nothing was spent")


def test_a_server_that_is_not_there_is_named_by_every_command(tmp_path: Path) -> None:
    """No command shows a traceback or the password, and doctor says what to mend."""
    gone = DatabaseServer(url="postgresql://u:s3cret@127.0.0.1:1/x", shown="")
    for words in (
        ["runs"],
        ["costs"],
        ["budget", "show"],
        ["ask", "why?", "--docs", str(LIBRARY)],
        ["doctor"],
    ):
        told = attest(tmp_path, *words, place=gone)
        assert told.returncode != 0
        assert "check ATTEST_DATABASE_URL" in told.stdout + told.stderr
        assert "s3cret" not in told.stdout + told.stderr
        assert "Traceback" not in told.stderr
