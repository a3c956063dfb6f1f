"""Give each test a database of its own, on either engine; one on PostgreSQL is a schema that goes with the test."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal
from urllib.parse import quote

import psycopg
import pytest

from graph.location import Location, Server, server

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
def schema() -> Iterator[Server]:
    """Yield an empty schema of the server the tests use, and drop it."""
    name = f"attest_{secrets.token_hex(6)}"
    _run(f"CREATE SCHEMA {name}")
    try:
        sign = "&" if "?" in POSTGRES else "?"
        yield server(f"{POSTGRES}{sign}options={quote(f'-csearch_path={name}')}")
    finally:
        _run(f"DROP SCHEMA {name} CASCADE")


def _run(sql: str) -> None:
    try:
        with psycopg.connect(POSTGRES, autocommit=True, connect_timeout=10) as connection:
            connection.execute(sql)  # type: ignore[call-overload]
    except psycopg.OperationalError as error:
        pytest.fail(
            f"no PostgreSQL answers at ATTEST_TEST_POSTGRES ({error}): start one as .ci/run does", pytrace=False
        )
