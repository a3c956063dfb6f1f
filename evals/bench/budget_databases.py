"""Make empty databases for the budget suite, on each engine that it measures."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import quote

from evals.suite import Setup
from graph.config.database_address import DatabaseServer, Location, server
from graph.config.settings import Settings
from graph.stores.db.postgres import PostgresServer


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetDatabase:
    """Name an engine, and make an empty temporary database on it.

    `cpu_target` is what a reservation and its settlement may take there, in milliseconds of this process.
    """

    name: str
    fresh: Callable[[], AbstractContextManager[Location]]
    cpu_target: float | None = None


def engines_of(setup: Setup) -> list[BudgetDatabase]:
    """Return SQLite, and PostgreSQL when an address is given; says so when none is."""
    engines = [BudgetDatabase(name="SQLite", fresh=_file, cpu_target=0.5)]
    if url := setup.postgres or Settings.from_environment().eval_postgres:
        engines.append(BudgetDatabase(name="PostgreSQL", fresh=partial(_schema, url)))
    else:
        setup.say("PostgreSQL is not measured: give --postgres URL or set ATTEST_EVAL_POSTGRES")
    return engines


def word(place: Location) -> str:
    """Return the location of a database as a command-line argument of a worker."""
    return place.url if isinstance(place, DatabaseServer) else str(place)


def read_word(text: str) -> Location:
    """Read what `word` returned."""
    return server(text) if "://" in text else Path(text)


@contextmanager
def _file() -> Iterator[Location]:
    with tempfile.TemporaryDirectory() as home:
        yield Path(home) / "attest.db"


@contextmanager
def _schema(url: str) -> Iterator[Location]:
    """Make a schema of its own in the database at `url`, so that what is there stays as it is."""
    name = f"attest_evals_{secrets.token_hex(6)}"
    with PostgresServer(server(url), ()).opened() as session:
        session.command(f"CREATE SCHEMA {name}")
    try:
        sign = "&" if "?" in url else "?"
        yield server(f"{url}{sign}options={quote(f'-csearch_path={name}')}")
    finally:
        with PostgresServer(server(url), ()).opened() as session:
            session.command(f"DROP SCHEMA {name} CASCADE")
