"""The home of an earlier release is found, shown and moved on a yes."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from graph.stores.db.database import Database
from graph.stores.db.migrations import MIGRATIONS
from tests.ui.command_line import Attest

MOVE = ("home", "--move-from", ".attest")


@pytest.fixture
def old(place: Path) -> Path:
    """Leave a home as an earlier release did: a database with what is still beside it, an account, a file."""
    home = place / ".attest"
    database = Database(home / "attest.db", migrations=MIGRATIONS)
    database.write_now(lambda connection: connection.execute("CREATE TABLE kept (x)"))
    database.close_now()
    account = {"name": "ann", "role": "admin", "password": "x", "created": 0.0, "tokens": []}
    (home / "accounts.json").write_text(json.dumps({"schema": "attest.accounts/1", "accounts": [account]}))
    (home / "session.secret").write_text("m" * 43)
    (home / "uploads" / "ann").mkdir(parents=True)
    (home / "uploads" / "ann" / "notes.md").write_text("kept")
    return home


def test_it_is_moved_whole_and_its_secret_is_not(attest: Attest, place: Path, old: Path) -> None:
    """Runs, accounts and files are there afterwards; sessions that the old secret signed are not believed."""
    assert "attest home --move-from .attest" in attest("runs").stderr
    moved = attest(*MOVE, "--yes")
    assert moved.exit_code == 0, moved.stderr
    assert "the account ann, as admin" in moved.stderr
    home = place / "attest"
    assert sorted(path.name for path in home.iterdir()) == ["accounts.json", "attest.db", "uploads"]
    assert (home / "uploads" / "ann" / "notes.md").read_text() == "kept"
    assert home.stat().st_mode & 0o777 == 0o700
    with closing(sqlite3.connect(home / "attest.db")) as connection:
        assert connection.execute("SELECT name FROM sqlite_master WHERE name = 'kept'").fetchone()
    assert not old.exists()
    assert attest("runs").stderr == 'no runs yet: attest ask "your question" --docs PATH\n'


def test_without_a_yes_nothing_moves(attest: Attest, place: Path, old: Path) -> None:
    """Where nobody can be asked, the line says how a yes is given."""
    refused = attest(*MOVE)
    assert refused.exit_code == 2
    assert refused.stderr.splitlines()[-1].endswith("then attest home --move-from .attest --yes")
    assert (old / "attest.db").exists()
    assert not (place / "attest").exists()


def test_a_home_in_use_is_not_moved(attest: Attest, old: Path) -> None:
    """Somebody who has the database open would go on writing where nobody looks any more."""
    with closing(sqlite3.connect(old / "attest.db")) as connection:
        connection.execute("SELECT * FROM kept").fetchall()
        refused = attest(*MOVE, "--yes")
    assert refused.exit_code == 2
    assert "end what works with it" in refused.stderr
    assert (old / "accounts.json").exists()


def test_nothing_is_moved_over_a_home(attest: Attest, place: Path, old: Path) -> None:
    """What is there already stays as it is, and the line says how to go on with either."""
    (place / "attest").mkdir()
    (place / "attest" / "attest.db").write_text("mine")
    refused = attest(*MOVE, "--yes")
    assert refused.exit_code == 2
    assert f"ATTEST_HOME={old}" in refused.stderr
    assert (place / "attest" / "attest.db").read_text() == "mine"


@pytest.mark.parametrize("what", ["link inside", "link itself", "pipe", "of another", "no home"])
def test_what_is_no_home_of_ones_own_is_not_moved(
    attest: Attest, place: Path, old: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """A link leads elsewhere, a pipe never ends, another user's file is theirs: each is named and stays."""
    if what == "link inside":
        (old / "uploads" / "key").symlink_to("/etc/hostname")
    elif what == "link itself":
        old.rename(place / "real")
        old.symlink_to(place / "real")
    elif what == "pipe":
        os.mkfifo(old / "uploads" / "pipe")
    elif what == "of another":
        uid = os.geteuid()
        monkeypatch.setattr("ui.operate.home_migration.os.geteuid", lambda: uid + 1)
    else:
        for name in ("attest.db", "accounts.json"):
            (old / name).unlink()
    assert attest(*MOVE, "--yes").exit_code == 2
    assert old.exists()
    assert not (place / "attest").exists()


def test_a_move_that_is_cut_short_loses_nothing(
    attest: Attest, place: Path, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old goes only after the new is whole: ended at any step before, the old home is as it was."""

    def ended(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("ui.operate.home_migration.Path.replace", ended)
    assert attest(*MOVE, "--yes").exit_code == 130
    assert (old / "attest.db").exists()
    assert [path.name for path in place.iterdir() if path.name.startswith(".attest-")] == []
