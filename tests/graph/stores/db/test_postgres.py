"""Prove what holds when the server is not there, goes away, or is given what it does not take."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from graph.config.database_address import DatabaseServer, server
from graph.errors import Misconfigured, Unavailable
from graph.stores.db import postgres_session
from graph.stores.db.database import Database
from graph.stores.db.db_worker import Connection
from graph.stores.db.dialect import defined, translated
from graph.stores.db.postgres import ALONE
from graph.stores.db.postgres_session import PostgresSession
from tests.fakes.databases import POSTGRES, schema
from tests.graph.stores.db.children import TABLE
from tests.graph.stores.db.works import insert, kept, numbers


@pytest.fixture
def place() -> Iterator[DatabaseServer]:
    """Yield an empty schema."""
    with schema() as made:
        yield made


@pytest.fixture(scope="module")
def session() -> Iterator[PostgresSession]:
    """Yield one connection for all examples."""
    with closing(PostgresSession(server(POSTGRES))) as made:
        yield made


def backend(connection: Connection) -> int:
    return int(connection.execute("SELECT pg_backend_pid()").fetchall()[0][0])


def end(backend_id: int) -> None:
    """End a connection as an operator or a restart of the server would, and wait until it is gone."""
    with psycopg.connect(POSTGRES, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", (backend_id,))


async def test_a_connection_lost_in_a_batch_stores_nothing_and_the_next_one_does(
    place: DatabaseServer,
) -> None:
    """Prove that whoever shared the lost transaction is told in one line, and the lane connects again."""
    database = Database(place, migrations=[TABLE])

    def cut(connection: Connection) -> None:
        end(backend(connection))

    works = [database.write(insert(1)), database.write(cut), database.write(insert(2))]
    outcomes = await asyncio.gather(*works, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [Unavailable] * 3
    assert all("nothing was stored" in str(each) and "\n" not in str(each) for each in outcomes)
    await database.write(insert(3))
    assert kept(database) == [3]
    await database.close()


async def test_a_connection_lost_between_batches_is_not_noticed(place: DatabaseServer) -> None:
    """Prove that a server restarted while nothing was asked of it fails neither a write nor a read."""
    database = Database(place, migrations=[TABLE])
    await database.write(insert(1))
    end(await database.write(backend))
    for _ in range(4):
        end(await database.read(backend))
    await database.write(insert(2))
    assert await database.read(numbers) == [1, 2]
    await database.close()


async def test_a_commit_nobody_answered_is_not_called_undone(
    place: DatabaseServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prove that a connection lost in COMMIT says that the outcome is unknown, and nothing is tried again."""
    database = Database(place, migrations=[TABLE])
    await database.write(insert(1))
    command, tried = PostgresSession.command, []

    def lost(session: PostgresSession, sql: str) -> None:
        command(session, sql)
        if sql == "COMMIT":
            tried.append(sql)
            session.driver.close()
            raise psycopg.OperationalError("server closed the connection unexpectedly\n\tThis probably means")

    monkeypatch.setattr(PostgresSession, "command", lost)
    with pytest.raises(Unavailable, match="may be stored or not") as raised:
        await database.write(insert(2))
    monkeypatch.undo()
    assert raised.value.reached
    assert "\n" not in str(raised.value)
    assert (kept(database), tried) == ([1, 2], ["COMMIT"])
    await database.close()


async def test_a_lock_held_too_long_is_unavailable(
    place: DatabaseServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prove that one process waits for the other's transaction, and says so when it lasts too long."""
    monkeypatch.setattr(postgres_session, "_SETUP", "SET lock_timeout = '200ms'")
    database = Database(place, migrations=[TABLE])
    await database.write(insert(1))
    other = PostgresSession(place)
    other.begin(ALONE)
    with pytest.raises(Unavailable, match="try again when the other process is done"):
        await database.write(insert(2))
    other.close()
    await database.write(insert(3))
    assert kept(database) == [1, 3]
    await database.close()


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://u:s3cret@127.0.0.1:1/x", "check ATTEST_DATABASE_URL"),
        ("postgresql://nobody:s3cret@127.0.0.1:5432/nothere", "check ATTEST_DATABASE_URL"),
        ("postgresql://u:s3cret%zz@127.0.0.1/x", "percent-encoded"),
        ("postgresql://127.0.0.1:1/x?password=s3cret", "check ATTEST_DATABASE_URL"),
    ],
)
async def test_an_address_that_does_not_work_is_misconfigured(url: str, said: str) -> None:
    """Prove that a wrong host, user or database is named in one line with the way out and no password."""
    database = Database(server(url))
    with pytest.raises(Misconfigured, match=said) as raised:
        await database.read(backend)
    shown = f"{raised.value} {database.path} {database.path!r}"
    assert "s3cret" not in shown
    assert "\n" not in shown
    await database.close()


@given(st.text())
@example("\0")
@example("\ue0ff\0\ue0ff0\ue0ff1")
def test_every_text_comes_back_as_it_was(session: PostgresSession, text: str) -> None:
    """Prove that not even NUL, which PostgreSQL refuses, or the sign it is written with is changed."""
    assert session.execute("SELECT CAST(? AS TEXT)", (text,)).fetchall() == [(text,)]
    assert session.execute("SELECT unnest(?::text[])", ([text, "x"],)).fetchall() == [(text,), ("x",)]


async def test_whole_numbers_stay_whole(place: DatabaseServer) -> None:
    """Prove that a sum is an int as in SQLite, however large, and a share is a float."""
    database = Database(place, migrations=["CREATE TABLE sums (n INTEGER, x REAL)"])
    await database.write(
        lambda c: c.executemany("INSERT INTO sums VALUES (?, ?)", [(2**40, 1), (1, 2)]).rowcount
    )
    row = (await database.read(lambda c: c.execute("SELECT SUM(n), AVG(x), COUNT(*) FROM sums").fetchall()))[
        0
    ]
    assert row == (2**40 + 1, 1.5, 2)
    assert [type(value) for value in row] == [int, float, int]
    await database.close()


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("SELECT ? WHERE a = :b_1", "SELECT %s WHERE a = %(b_1)s"),
        (
            "SELECT '?:a%''?', \"?:b\", c::text, ?::bigint[]",
            "SELECT '?:a%%''?', \"?:b\", c::text, %s::bigint[]",
        ),
        ("SELECT 5 % 2 -- :a ? %\n, ?", "SELECT 5 %% 2 -- :a ? %%\n, %s"),
        ("/* :a */ SELECT :a", "/* :a */ SELECT %(a)s"),
    ],
)
def test_placeholders_are_found_outside_of_quotes(sql: str, expected: str) -> None:
    """Prove that what only looks like a placeholder is left alone."""
    assert translated(sql) == expected


def test_types_are_those_of_the_server() -> None:
    """Prove that a table of both engines gets wide numbers, and texts that sort by their bytes."""
    statement = (
        "CREATE TABLE t (id INTEGER PRIMARY KEY, text BLOB NOT NULL, n INTEGER DEFAULT 0, x REAL,"
        " s TEXT DEFAULT 'TEXT') WITHOUT ROWID"
    )
    assert defined(statement) == (
        "CREATE TABLE t (id BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, text BYTEA NOT NULL,"
        " n BIGINT DEFAULT 0, x DOUBLE PRECISION, s TEXT COLLATE \"C\" DEFAULT 'TEXT') "
    )
