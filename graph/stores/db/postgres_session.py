"""Hold one connection to PostgreSQL with the interface of SQLite's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.pq import TransactionStatus

from graph.errors import Misconfigured
from graph.stores.db.dialect import translated
from graph.stores.db.postgres_values import adapt

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.config.database_address import DatabaseServer
    from graph.stores.db.db_worker import Cursor, Parameters

PATIENCE_SECONDS = 60
"""How long a statement waits for a lock, in seconds: as long as with SQLite."""
_UNLESS_SAID = {
    "connect_timeout": "10",
    "application_name": "attest",
    "client_encoding": "UTF8",
    "keepalives_idle": "30",
    "keepalives_interval": "10",
    "keepalives_count": "3",
}
# Commits stay durable whatever the server's default; compiling our queries costs more than it saves.
_SETUP = f"""
SET lock_timeout = '{PATIENCE_SECONDS}s'; SET jit = off;
SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'
"""

SCHEMA = "attest"
"""The schema of our tables if the operator names none: nobody else may create anything in it."""
# An operator chooses by the address, or for the role or the database; an older release used `public`.
_CHOICE = f"""
SELECT (SELECT source IN ('default', 'configuration file') FROM pg_settings WHERE name = 'search_path'),
       (to_regclass('{SCHEMA}.schema_versions') IS NOT NULL OR to_regclass('public.schema_versions') IS NULL
        OR to_regclass('public.ledger') IS NULL)
"""

# Whoever owns a schema or a table may read, change and drop what is in it. A superuser and the owner of the
# database may do so anyway; an operator who means another owner names the schema in the address.
_OWNED_BY_OTHERS = f"""
SELECT what, pg_get_userbyid(owner) FROM (
    SELECT 'schema {SCHEMA}', nspowner FROM pg_namespace WHERE nspname = '{SCHEMA}'
    UNION ALL
    SELECT 'table ' || oid::regclass, relowner FROM pg_class
    WHERE oid = to_regclass('schema_versions')
) AS found (what, owner)
WHERE NOT pg_has_role(owner, 'USAGE')
  AND owner NOT IN (SELECT datdba FROM pg_database WHERE datname = current_database())
  AND owner NOT IN (SELECT oid FROM pg_roles WHERE rolsuper)
"""


class PostgresSession:
    """Run statements; `is_own_schema` tells whether the schema of this product is used."""

    def __init__(self, server: DatabaseServer) -> None:
        self._server = server
        self.driver, self.is_own_schema = _connected(server)

    def begin(self, sql: str) -> None:
        """Begin a transaction, over a new connection if the server closed the old one meanwhile."""
        try:
            self.command(sql)
        except psycopg.OperationalError:
            if not self.is_lost:
                raise
            self.driver.close()
            self.driver, self.is_own_schema = _connected(self._server)
            self.command(sql)

    def execute(self, sql: str, parameters: Parameters = (), /) -> Cursor:
        """Run one statement with `?` or `:name` in it."""
        return self.driver.execute(translated(sql), parameters, binary=True)

    def executemany(self, sql: str, rows: Iterable[Parameters], /) -> Cursor:
        """Run one statement once per row, in one exchange with the server."""
        cursor = self.driver.cursor(binary=True)
        cursor.executemany(translated(sql), rows)
        return cursor

    def command(self, sql: str) -> None:
        """Run statements without values, in one exchange."""
        self.driver.execute(sql, prepare=False)

    def close(self) -> None:
        """Disconnect; what is not committed is undone."""
        self.driver.close()

    @property
    def in_transaction(self) -> bool:
        """Tell whether a transaction is open, also a failed one."""
        status = self.driver.info.transaction_status
        return status in {TransactionStatus.INTRANS, TransactionStatus.INERROR}

    @property
    def is_lost(self) -> bool:
        """Tell whether this connection to the server is lost."""
        return self.driver.closed or self.driver.broken


def _connected(server: DatabaseServer) -> tuple[psycopg.Connection[Any], bool]:
    """Connect, and tell whether our own schema is used.

    Raises Misconfigured for an address that cannot be read, or a database of another encoding.
    """
    driver = psycopg.connect(_address(server), autocommit=True)
    encoding = driver.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        driver.close()
        raise Misconfigured(f"{server} keeps texts as {encoding}: create a database with ENCODING 'UTF8'")
    adapt(driver)
    driver.execute(_SETUP, prepare=False)
    return driver, _is_own_schema_chosen(driver, server)


def _is_own_schema_chosen(driver: psycopg.Connection[Any], server: DatabaseServer) -> bool:
    """Use our schema if the operator chose none; raises Misconfigured if it belongs to another."""
    is_free, is_own = driver.execute(_CHOICE, prepare=False).fetchone() or (False, False)
    if not is_free:
        return False
    if is_own:
        driver.execute(f"SET search_path = {SCHEMA}, pg_temp", prepare=False)
    if found := driver.execute(_OWNED_BY_OTHERS, prepare=False).fetchone():
        driver.close()
        what, owner = found
        schema = SCHEMA if is_own else "public"
        raise Misconfigured(
            f"{server}: the {what} belongs to {owner}, who can read and change all that is kept there: "
            f"have it removed, or accept it by ?options=-csearch_path%3D{schema} in ATTEST_DATABASE_URL"
        )
    return bool(is_own)


def _address(server: DatabaseServer) -> str:
    """Add the defaults that an address does not set itself."""
    try:
        return make_conninfo("", **{**_UNLESS_SAID, **conninfo_to_dict(server.url)})
    except psycopg.ProgrammingError:  # its message may hold the password
        raise Misconfigured(
            f"ATTEST_DATABASE_URL ({server}) cannot be read: write postgresql://user@host:5432/name, with "
            "signs of a password such as @ or % percent-encoded"
        ) from None
