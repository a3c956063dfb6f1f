"""The doctor names what is missing and how to mend it."""

import json
import sqlite3
from pathlib import Path

import pytest

from tests.ui.conftest import Attest
from ui import health


def checks(attest: Attest) -> dict[str, dict[str, object]]:
    return {check["name"]: check for check in json.loads(attest("doctor", "--json").stdout)}


def test_a_sound_machine_is_usable(attest: Attest, place: Path) -> None:
    """Every line is ok, exit code 0, and looking changes nothing."""
    result = attest("doctor")
    assert result.exit_code == 0
    assert {line.split()[0] for line in result.stdout.splitlines()} == {"ok"}
    assert [path.name for path in place.iterdir()] == ["docs"]


def test_a_database_is_looked_into(attest: Attest, place: Path) -> None:
    """A sound database is ok, a corrupt one is not and is left as it is."""
    (place / ".attest").mkdir()
    database = place / ".attest" / "attest.db"
    with sqlite3.connect(database) as connection:
        connection.execute("CREATE TABLE t (x)")
    connection.close()
    assert checks(attest)["database"]["ok"] is True
    database.write_bytes(b"not a database, whatever its name says" * 100)
    result = attest("doctor")
    assert result.exit_code == 2
    assert "missing  database" in result.stdout
    assert "move the file aside or set ATTEST_HOME" in result.stdout
    assert database.read_bytes().startswith(b"not a database")


def test_a_home_that_cannot_be_written_is_named(
    attest: Attest, monkeypatch: pytest.MonkeyPatch, place: Path
) -> None:
    """The setting that mends it stands in the line."""
    (place / "file").write_text("")
    monkeypatch.setenv("ATTEST_HOME", "file/home")
    result = attest("doctor")
    assert result.exit_code == 2
    assert "set ATTEST_HOME to a folder you may write" in result.stdout


def test_documents_that_are_not_there_do_not_stop_work(
    attest: Attest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that is gone is named; a question may name another."""
    monkeypatch.setenv("ATTEST_DOCS", "gone")
    result = attest("doctor")
    assert result.exit_code == 0
    assert "missing  documents" in result.stdout
    assert "correct ATTEST_DOCS" in result.stdout


def test_a_setting_that_cannot_be_read_is_a_line(attest: Attest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The doctor survives what it is asked about."""
    monkeypatch.setenv("ATTEST_BUDGET_USD", "much")
    result = attest("doctor")
    assert result.exit_code == 2
    assert "missing  settings     ATTEST_BUDGET_USD is 'much'" in result.stdout


def test_a_missing_package_says_what_it_is_for(attest: Attest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a package for one kind of file the rest works."""
    monkeypatch.setitem(health.PACKAGES, "no_such_package", "odd files")
    result = attest("doctor")
    assert result.exit_code == 0
    assert "missing  no_such_package  odd files" in result.stdout
