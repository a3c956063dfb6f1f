"""Tell a database from another one in its place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.config.database_address import Location
    from graph.stores.db.db_worker import Connection

# A table that was dropped and made again has another number, and so has a new server.
_OF_SERVER = """
SELECT to_regclass('runs')::oid::bigint, d.oid::bigint,
    CASE WHEN has_function_privilege('pg_control_system()', 'EXECUTE')
        THEN (SELECT system_identifier::bigint FROM pg_control_system()) END
FROM pg_database d WHERE d.datname = current_database()
"""


def identity(connection: Connection, location: Location) -> tuple[object, ...]:
    """Return what identifies the database at a location; empty if there is none any more.

    A file keeps its number while it is open, so another file in its place has another number.
    """
    if isinstance(location, Path):
        return file_identity(location)
    return tuple(connection.execute(_OF_SERVER).fetchone() or ())


def file_identity(path: Path) -> tuple[object, ...]:
    """Return what identifies a file or folder; empty if there is none."""
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_dev, found.st_ino
