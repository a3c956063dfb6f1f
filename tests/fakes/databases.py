"""Give each test a database of its own, on either engine; PostgreSQL is asked for a schema, then dropped."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal
from urllib.parse import quote

import psycopg

from graph.config.database_address import DatabaseServer, Location, server
from tests.needed import missing

POSTGRES = os.environ.get("ATTEST_TEST_POSTGRES", "postgresql://127.0.0.1:5432/test")
ENGINES = ("sqlite", "postgres")
Engine = Literal["sqlite", "postgres"]


@contextmanager
def location(engine: Engine, folder: Path) -> Iterator[Location]:
    """Yield where an empty database is."""
    if engine == "sqlite":
        yield folder / "attest.db"
        return
    with schema() as made:
        yield made


@contextmanager
def schema() -> Iterator[DatabaseServer]:
    """Yield an empty schema of the server the tests use, and drop it."""
    name = f"attest_{secrets.token_hex(6)}"
    _run(f"CREATE SCHEMA {name}")
    try:
        sign = "&" if "?" in POSTGRES else "?"
        yield server(f"{POSTGRES}{sign}options={quote(f'-csearch_path={name}')}")
    finally:
        _run(f"DROP SCHEMA {name} CASCADE")


def server_url() -> str:
    """Return the address of the server the tests use, once it answers."""
    _run("SELECT 1")
    return POSTGRES


def word(place: Location) -> str:
    """Return where a database is as a word for another process."""
    return place.url if isinstance(place, DatabaseServer) else str(place)


def read_word(text: str) -> Location:
    """Read what `word` returned."""
    return server(text) if "://" in text else Path(text)


def _run(sql: str) -> None:
    try:
        with psycopg.connect(POSTGRES, autocommit=True, connect_timeout=10) as connection:
            connection.execute(sql)
    except psycopg.OperationalError as error:
        missing(f"PostgreSQL at ATTEST_TEST_POSTGRES ({error})", "see CONTRIBUTING.md")
