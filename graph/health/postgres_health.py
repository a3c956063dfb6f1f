"""Check a PostgreSQL database: whether it answers, and which other roles have access."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from graph.config.database_address import DatabaseServer
from graph.errors import Misconfigured, Unavailable
from graph.health.health_check import Check

if TYPE_CHECKING:  # it brings asyncio, which the doctor need not wait for
    from graph.stores.db.db_worker import Connection

_WHERE = "SELECT current_database(), coalesce(current_schema(), '')"
# Superusers may do anything anywhere, and members of our role are us.
_OTHERS = """
SELECT rolname FROM pg_roles
WHERE rolcanlogin AND NOT rolsuper AND rolname <> current_user
  AND NOT pg_has_role(rolname, current_user, 'MEMBER') AND {may} ORDER BY rolname
"""
_MAY_CONNECT = "has_database_privilege(rolname, current_database(), 'CONNECT')"
_MAY_CREATE = "has_schema_privilege(rolname, current_schema(), 'CREATE')"


def check_server(server: DatabaseServer) -> Iterator[Check]:
    """Ask the server; nothing is created there."""
    from graph.stores.db.read_only import reading  # noqa: PLC0415  # others need not load the driver

    try:
        with reading(server) as connection:
            ((version,),) = connection.execute("SHOW server_version").fetchall()
            yield Check(name="database", ok=True, detail=f"{server}, PostgreSQL {version}")
            yield from _roles(connection)
    except (Misconfigured, Unavailable) as error:
        yield Check(name="database", ok=False, detail=str(error))


def _roles(connection: Connection) -> Iterator[Check]:
    """Name the roles that may create objects in our schema; count those that may connect."""
    ((database, schema),) = connection.execute(_WHERE).fetchall()
    creators = _named(connection, _MAY_CREATE) if schema else []
    if creators:
        yield Check(
            name="database",
            ok=False,
            detail=f"other roles may make tables and functions in the schema {schema}: {', '.join(creators)}",
            mend=f"REVOKE CREATE ON SCHEMA {schema} FROM them, or from PUBLIC",
            needed=False,
        )
    if others := _named(connection, _MAY_CONNECT):
        detail = f"{len(others)} other roles may connect and find nothing of ours they may read or lock"
        keep = f"to keep the database alone: REVOKE CONNECT ON DATABASE {database} FROM PUBLIC"
        yield Check(name="database", ok=True, detail=f"{detail}; {keep}")


def _named(connection: Connection, may: str) -> list[str]:
    return [str(name) for (name,) in connection.execute(_OTHERS.format(may=may)).fetchall()]
