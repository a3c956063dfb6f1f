"""Prove what the database does when the disk, the file or another process is in the way."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import subprocess
import sys
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.config.database_address import Location
from graph.errors import Misconfigured, Unavailable
from graph.stores.db import sqlite as module
from graph.stores.db.database import Database
from graph.stores.db.db_worker import Connection
from graph.stores.db.read_only import reading
from tests.fakes.databases import ENGINES, Engine, location, word
from tests.graph.stores.db.children import GROWN, TABLE, put

ROOT = Path(__file__).parents[4]
VERSION = {"sqlite": "PRAGMA user_version", "postgres": "SELECT max(version) FROM schema_versions"}


def child(program: str, *arguments: str) -> subprocess.Popen[str]:
    """Start another process of this test."""
    command = [sys.executable, "-m", f"tests.graph.stores.{program}", *arguments]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def rows(path: Location, sql: str) -> list[tuple[object, ...]]:
    with reading(path) as connection:
        return connection.execute(sql).fetchall()


def touch(connection: Connection) -> None:
    connection.execute("SELECT 1")


def test_four_processes_write_at_once(place: Location) -> None:
    """Prove that four processes sharing a new database keep every row and meet no lock error."""
    children = [child("db.children", "write", word(place), f"process {number}", "300") for number in range(4)]
    outputs = [process.communicate(timeout=60) for process in children]
    assert [process.returncode for process in children] == [0] * 4, outputs
    assert rows(place, "SELECT count(*), count(DISTINCT who) FROM kept") == [(1200, 4)]


@pytest.mark.parametrize("engine", ENGINES)
def test_four_processes_migrate_a_new_database_once(tmp_path: Path, engine: Engine) -> None:
    """Prove that processes which open a new database at the same instant apply each script exactly once."""
    children = [child("db.children", "migrate") for _ in range(4)]
    pipes = [(process.stdin, process.stdout) for process in children if process.stdin and process.stdout]
    assert [answer.readline() for _, answer in pipes] == ["ready\n"] * 4
    for attempt in range(30 if engine == "sqlite" else 8):
        (folder := tmp_path / str(attempt)).mkdir()
        with location(engine, folder) as place:
            for order, _ in pipes:
                order.write(f"{word(place)}\n")
                order.flush()
            assert [answer.readline() for _, answer in pipes] == ["opened\n"] * 4
            assert rows(place, "SELECT line FROM log") == [("made; once",)]
            assert rows(place, VERSION[engine]) == [(2,)]
    for process in children:
        process.communicate(timeout=60)
    assert [process.returncode for process in children] == [0] * 4


def test_a_full_disk_reports_nothing_done_that_is_not(tmp_path: Path) -> None:
    """Prove that exactly the writes reported done are in the file when commits fail for want of space."""
    path = tmp_path / "kept.db"
    output, _ = child("db.children", "fill", str(path)).communicate(timeout=60)
    reported, errors = json.loads(output)
    assert reported[-1] == 1000, "the writer must recover once there is room again"
    assert 2 <= len(reported) < 100
    assert errors
    assert all("Misconfigured" in error and "nothing was stored" in error for error in errors)
    assert [number for (number,) in rows(path, "SELECT number FROM kept ORDER BY 1")] == sorted(reported)


async def test_a_file_held_too_long_is_unavailable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Prove that a lock which outlasts the patience fails the whole batch and the next write succeeds."""
    monkeypatch.setattr(module, "BUSY_SECONDS", 0.1)
    database = Database(tmp_path / "kept.db", migrations=[TABLE])
    await database.write(touch)
    other = sqlite3.connect(tmp_path / "kept.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    waiting = [database.write(lambda connection: put(connection, "a", 1)) for _ in range(3)]
    for outcome in await asyncio.gather(*waiting, return_exceptions=True):
        assert isinstance(outcome, Unavailable)
        assert "nothing was stored" in str(outcome)
    other.execute("ROLLBACK")
    other.close()
    await database.write(lambda connection: put(connection, "a", 2))
    await database.close()
    assert rows(database.path, "SELECT number FROM kept") == [(2,)]


@pytest.mark.parametrize("garbage", [b"nonsense", b"not a database " * 1000])
async def test_a_foreign_file_is_named_and_left_alone(tmp_path: Path, garbage: bytes) -> None:
    """Prove that a file of other bytes is Misconfigured for writers and readers and keeps its bytes."""
    path = tmp_path / "kept.db"
    path.write_bytes(garbage)
    database = Database(path, migrations=[TABLE])
    for door in (database.write, database.read):
        with pytest.raises(Misconfigured, match=r"kept\.db.*nothing was changed.*ATTEST_HOME"):
            await door(touch)
    await database.close()
    assert path.read_bytes() == garbage
    assert not path.with_name("kept.db-wal").exists()


async def test_a_damaged_page_is_misconfigured(tmp_path: Path) -> None:
    """Prove that damage met in the middle of the file is reported with the way out."""
    database = Database(tmp_path / "kept.db", migrations=[TABLE])
    for number in range(100):
        await database.write(partial(put, who="x" * 500, number=number))
    await database.close()
    content = bytearray((tmp_path / "kept.db").read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    (tmp_path / "kept.db").write_bytes(content)
    damaged = Database(database.path, migrations=[TABLE])
    with pytest.raises(Misconfigured, match="move the file aside"):
        await damaged.read(lambda connection: connection.execute("SELECT * FROM kept").fetchall())
    await damaged.close()


async def test_a_folder_that_cannot_be_made_is_misconfigured(tmp_path: Path) -> None:
    """Prove that a home inside a regular file is reported with the way out."""
    (tmp_path / "home").write_text("a file")
    for path in (tmp_path / "home" / "kept.db", tmp_path / "home" / "deeper" / "kept.db"):
        database = Database(path)
        with pytest.raises(Misconfigured, match=r"cannot make the folder.*ATTEST_HOME"):
            await database.write(touch)
        await database.close()


async def test_a_folder_in_place_of_the_file_is_misconfigured(tmp_path: Path) -> None:
    """Prove that a path SQLite cannot open is reported with the way out."""
    database = Database(tmp_path)
    with pytest.raises(Misconfigured, match="ATTEST_HOME"):
        await database.write(touch)
    await database.close()


async def test_an_operator_who_mends_the_folder_need_not_restart(tmp_path: Path) -> None:
    """Prove that opening is tried again at the next call."""
    home = tmp_path / "home"
    home.write_text("a file")
    database = Database(home / "kept.db", migrations=[TABLE])
    with pytest.raises(Misconfigured):
        await database.write(touch)
    home.unlink()
    await database.write(lambda connection: put(connection, "a", 1))
    await database.close()
    assert rows(database.path, "SELECT number FROM kept") == [(1,)]


def test_a_newer_release_is_refused(place: Location) -> None:
    """Prove that a database with more migrations than this release knows is neither read nor changed."""
    newer, older = Database(place, migrations=[TABLE, GROWN]), Database(place, migrations=[TABLE])
    newer.write_now(touch)
    for door in (older.write_now, older.read_now):
        with pytest.raises(Misconfigured, match=r"newer release \(2 > 1\): upgrade or .* ATTEST_"):
            door(touch)
    newer.close_now()
    older.close_now()


def test_a_migration_is_all_or_nothing(tmp_path: Path) -> None:
    """Prove that a failing script leaves the older version usable, and a mended one is then applied."""
    path = tmp_path / "kept.db"
    first = Database(path, migrations=[TABLE])
    first.write_now(lambda connection: put(connection, "a", 1))
    first.close_now()
    for broken in ("CREATE TABLE log (line TEXT); nonsense;", "CREATE TABLE log (line TEXT); SELECT 'open"):
        second = Database(path, migrations=[TABLE, broken])
        with pytest.raises(sqlite3.OperationalError):
            second.write_now(touch)
        second.close_now()
        assert rows(path, "PRAGMA user_version") == [(1,)]
        assert rows(path, "SELECT name FROM sqlite_schema WHERE type = 'table'") == [("kept",)]
    third = Database(path, migrations=[TABLE, GROWN])
    assert third.read_now(lambda connection: connection.execute("SELECT line FROM log").fetchall())
    third.close_now()


def test_a_migration_may_hold_triggers(tmp_path: Path) -> None:
    """Prove that a semicolon inside a trigger or a string does not end a statement."""
    trigger = (
        "CREATE TRIGGER t AFTER INSERT ON kept BEGIN SELECT 'a;b'; DELETE FROM kept WHERE number = 0; END;"
    )
    database = Database(tmp_path / "kept.db", migrations=[f"{TABLE}{trigger}-- and; a remark\n"])
    for number in (0, 1):
        database.write_now(partial(put, who="a", number=number))
    assert database.read_now(lambda connection: connection.execute("SELECT number FROM kept").fetchall()) == [
        (1,)
    ]
    database.close_now()


def test_a_process_may_end_without_closing(tmp_path: Path) -> None:
    """Prove that interpreter exit neither waits for ever nor loses a write that returned."""
    path = tmp_path / "kept.db"
    program = (
        "from pathlib import Path; from graph.stores.db.database import Database\n"
        f"database = Database(Path({str(path)!r}), migrations=['CREATE TABLE kept (number INTEGER)'])\n"
        "database.write_now(lambda connection: connection.execute('INSERT INTO kept VALUES (1)').rowcount)\n"
    )
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True, timeout=100).returncode == 0
    assert rows(path, "SELECT number FROM kept") == [(1,)]


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=25)
@given(st.lists(st.lists(st.tuples(st.booleans(), st.integers(0, 9)), max_size=12), max_size=6))
def test_exactly_the_succeeded_writes_are_kept(engine: Engine, lanes: list[list[tuple[bool, int]]]) -> None:
    """Prove for any interleaving of good, failing and conflicting writes that success means kept."""

    async def play(database: Database) -> list[int]:
        succeeded: list[int] = []

        async def lane(steps: list[tuple[bool, int]]) -> None:
            for fails, number in steps:

                def work(connection: Connection, number: int = number, *, fails: bool = fails) -> None:
                    put(connection, "a", number)
                    if fails:
                        raise LookupError

                try:
                    await database.write(work)
                except (LookupError, sqlite3.IntegrityError, psycopg.IntegrityError):
                    continue
                succeeded.append(number)

        await asyncio.gather(*(lane(steps) for steps in lanes))
        await database.write(touch)
        await database.close()
        return succeeded

    with TemporaryDirectory() as folder, location(engine, Path(folder)) as place:
        database = Database(place, migrations=[TABLE])
        succeeded = asyncio.run(play(database))
        stored = [number for (number,) in rows(database.path, "SELECT number FROM kept ORDER BY 1")]
    assert stored == sorted(succeeded)
