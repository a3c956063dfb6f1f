"""Another role of the same PostgreSQL server, and the least that ours needs."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg import errors

from graph.config.database_address import DatabaseServer, server
from graph.errors import Misconfigured
from graph.health.postgres_health import check_server
from graph.options import Options
from graph.records import Run
from graph.stores.db.database import Database
from graph.stores.db.migrations import MIGRATIONS
from graph.stores.leases.leases import leases_of, request_stop
from graph.stores.runs import StoredRuns
from tests.fakes.databases import server_url
from tests.graph.run.test_crash import LIBRARY, QUESTION, attest

RUN = Run(id="r1", question="q", options=Options(), started=0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """Name a database that two roles may connect to: ours, and a stranger's."""

    ours: DatabaseServer
    stranger: str


@pytest.fixture
def shared() -> Iterator[Shared]:
    """Make a database where ours may make a schema and the stranger nothing but connect; drop both."""
    names = [f"attest_{kind}_{secrets.token_hex(4)}" for kind in ("db", "own", "other")]
    database, own, other = names
    with _admin() as connection:
        connection.execute(f"CREATE ROLE {own} LOGIN")
        connection.execute(f"CREATE ROLE {other} LOGIN")
        connection.execute(f"CREATE DATABASE {database} ENCODING 'UTF8' TEMPLATE template0")
        connection.execute(f"GRANT CREATE ON DATABASE {database} TO {own}")
    try:
        yield Shared(ours=server(_address(own, database)), stranger=_address(other, database))
    finally:
        with _admin() as connection:
            connection.execute(f"DROP DATABASE {database} WITH (FORCE)")
            connection.execute(f"DROP ROLE {own}")
            connection.execute(f"DROP ROLE {other}")


@contextmanager
def _admin() -> Iterator[psycopg.Connection]:
    with psycopg.connect(server_url(), autocommit=True) as connection:
        yield connection


def _address(role: str, database: str) -> str:
    parts = urlsplit(server_url())
    return f"postgresql://{role}@{parts.hostname}:{parts.port or 5432}/{database}"


def test_the_least_privileges_carry_a_run(shared: Shared, tmp_path: Path) -> None:
    """A role that may connect and make one schema asks and lists; all tables stand in that schema."""
    out = str(tmp_path / "out")
    words = ("ask", QUESTION, "--docs", str(LIBRARY), "--out", out, "--run-id", "r1")
    asked = attest(tmp_path, *words, place=shared.ours)
    assert asked.returncode == 0, asked.stderr
    assert "r1" in attest(tmp_path, "runs", place=shared.ours).stdout
    with psycopg.connect(shared.ours.url) as connection:
        found = connection.execute(
            "SELECT DISTINCT schemaname FROM pg_tables WHERE tableowner = current_user"
        ).fetchall()
    assert found == [("attest",)]


async def test_no_lock_of_a_stranger_stops_a_write(shared: Shared) -> None:
    """Whatever advisory locks another role holds, writes, leases and requests to stop go on."""
    database, leases = Database(shared.ours, migrations=MIGRATIONS), leases_of(shared.ours)
    await StoredRuns(database, lambda: 0.0).accept(RUN)
    with psycopg.connect(shared.stranger, autocommit=True) as stranger:
        for key in range(64):
            stranger.execute("SELECT pg_try_advisory_lock(%s)", (key,))
        stranger.execute(
            "SELECT count(pg_try_advisory_lock(classid::bigint << 32 | objid::bigint))"
            " FROM pg_locks WHERE locktype = 'advisory'"
        )
        async with leases.held("r1"):
            await StoredRuns(database, lambda: 1.0).accept(RUN)
            assert request_stop(shared.ours, "r1")
    await leases.close()
    await database.close()


@pytest.mark.parametrize(
    "sql",
    [
        "BEGIN; LOCK TABLE attest.schema_versions IN ACCESS SHARE MODE",
        "BEGIN; LOCK TABLE attest.schema_versions IN EXCLUSIVE MODE",
        "SELECT * FROM attest.leases FOR UPDATE",
        "SELECT * FROM attest.sources",
        "UPDATE attest.leases SET stopping = 1",
        "INSERT INTO attest.leases VALUES ('r1', 1, 1, 1)",
        "CREATE TABLE attest.planted (x int)",
        "CREATE FUNCTION attest.count() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    ],
)
async def test_a_stranger_reads_locks_and_plants_nothing(shared: Shared, sql: str) -> None:
    """A role that may connect is refused whatever would read a row of ours, lock a table or make a thing."""
    database = Database(shared.ours, migrations=MIGRATIONS)
    await StoredRuns(database, lambda: 0.0).accept(RUN)
    with (
        psycopg.connect(shared.stranger, autocommit=True) as stranger,
        pytest.raises(errors.InsufficientPrivilege),
    ):
        stranger.execute(sql)
    await database.close()


async def test_a_notice_of_a_stranger_stops_no_run(shared: Shared) -> None:
    """Every role may send notices on every channel; none of them ends a run."""
    leases = leases_of(shared.ours)
    async with leases.held("r1"):
        with psycopg.connect(shared.stranger, autocommit=True) as stranger:
            stranger.execute("SELECT pg_notify('attest_stop', 'r1')")
        assert not await leases.stop_requested("r1")
    await leases.close()


async def test_tables_of_an_older_release_are_found_where_they_are(shared: Shared) -> None:
    """An installation that began in the schema `public` goes on there."""
    with _admin() as admin:
        role = urlsplit(shared.ours.url).username
        with psycopg.connect(_address(str(admin.info.user), urlsplit(shared.ours.url).path[1:])) as owner:
            owner.execute(f"GRANT CREATE ON SCHEMA public TO {role}")
    before = Database(server(f"{shared.ours.url}?options=-csearch_path%3Dpublic"), migrations=MIGRATIONS)
    await StoredRuns(before, lambda: 0.0).accept(RUN)
    await before.close()
    after = Database(shared.ours, migrations=MIGRATIONS)
    assert await StoredRuns(after, lambda: 0.0).get("r1") is not None
    await after.close()


PLANTED = {
    "attest": "CREATE SCHEMA attest; GRANT ALL ON SCHEMA attest TO PUBLIC",
    "public": """
CREATE TABLE public.schema_versions (version BIGINT PRIMARY KEY);
CREATE TABLE public.ledger (x int);
GRANT ALL ON ALL TABLES IN SCHEMA public TO PUBLIC
""",
}


@pytest.mark.parametrize("schema", PLANTED)
async def test_what_a_stranger_laid_ready_is_not_used(shared: Shared, schema: str) -> None:
    """A schema or tables that another role owns are refused, until the operator names them in the address."""
    stranger, database = (urlsplit(shared.stranger).username, urlsplit(shared.ours.url).path[1:])
    with psycopg.connect(_address(_admin_name(), database), autocommit=True) as owner:
        owner.execute(f"GRANT CREATE ON DATABASE {database} TO {stranger}")
        owner.execute(f"GRANT ALL ON SCHEMA public TO {stranger}, {urlsplit(shared.ours.url).username}")
    with psycopg.connect(shared.stranger, autocommit=True) as other:
        other.execute(PLANTED[schema])
    refused = Database(shared.ours, migrations=MIGRATIONS)
    with pytest.raises(Misconfigured, match=f"belongs to {stranger}.*search_path%3D{schema}"):
        await StoredRuns(refused, lambda: 0.0).accept(RUN)
    await refused.close()
    assert [check.ok for check in check_server(shared.ours)] == [False]
    with psycopg.connect(shared.stranger, autocommit=True) as other:
        other.execute(f"DROP TABLE IF EXISTS public.ledger; GRANT ALL ON SCHEMA {schema} TO PUBLIC")
    accepted = Database(server(f"{shared.ours.url}?options=-csearch_path%3D{schema}"), migrations=MIGRATIONS)
    await StoredRuns(accepted, lambda: 0.0).accept(RUN)
    await accepted.close()


def _admin_name() -> str:
    with _admin() as admin:
        return str(admin.info.user)


async def test_the_doctor_says_who_else_may_come_near(shared: Shared) -> None:
    """Roles that may connect are a remark; one that may make things in our schema is a fault with a mend."""
    database = Database(shared.ours, migrations=MIGRATIONS)
    await database.write(lambda _: None)
    said = [check.line() for check in check_server(shared.ours)]
    assert all(line.startswith("ok") for line in said), said
    assert any("REVOKE CONNECT ON DATABASE" in line for line in said)
    stranger = urlsplit(shared.stranger).username
    with psycopg.connect(shared.ours.url, autocommit=True) as owner:
        owner.execute(f"GRANT USAGE, CREATE ON SCHEMA attest TO {stranger}")
    (wrong,) = (check.line() for check in check_server(shared.ours) if not check.ok)
    assert str(stranger) in wrong
    assert "REVOKE CREATE ON SCHEMA" in wrong
    await database.close()
