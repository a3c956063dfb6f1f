"""Name failures of a PostgreSQL database by what its operator or caller must do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
from psycopg import errors

from graph.errors import AttestError, Misconfigured, Unavailable, Unusable

if TYPE_CHECKING:
    from graph.config.database_address import DatabaseServer

OTHER = "nothing was stored: try again when the other process is done"
LOST = "the connection was lost and nothing was stored: try again when the server answers"
UNKNOWN = (
    "the connection was lost while it stored: what was asked may be stored or not; look before asking again"
)
CHECK = "check ATTEST_DATABASE_URL, and that the server runs and knows this user and this database"
OUTCOMES: tuple[tuple[type[psycopg.Error], type[AttestError], str], ...] = (
    (errors.LockNotAvailable, Unavailable, OTHER),
    (errors.DeadlockDetected, Unavailable, OTHER),
    (errors.DiskFull, Misconfigured, "nothing was stored: free disk space on the server"),
    (
        errors.InsufficientPrivilege,
        Misconfigured,
        "nothing was stored: let the user of ATTEST_DATABASE_URL create and change tables there",
    ),
    (
        errors.ReadOnlySqlTransaction,
        Misconfigured,
        "nothing was stored: name the server that can be written in ATTEST_DATABASE_URL",
    ),
    (errors.InvalidSchemaName, Misconfigured, "name a schema that exists in ATTEST_DATABASE_URL"),
    (errors.ProgramLimitExceeded, Unusable, "nothing was stored: give it less at once"),
    (errors.QueryCanceled, Unavailable, "nothing was stored: try again, or let its statements take longer"),
    (errors.OperationalError, Unavailable, LOST),
    (errors.InterfaceError, Unavailable, LOST),
)


def explained(error: BaseException | None, server: DatabaseServer) -> BaseException | None:
    """Name the error by the caller's next move if the server, not the job, is at fault."""
    found = ((kind, way_out) for cause, kind, way_out in OUTCOMES if isinstance(error, cause))
    kind, way_out = next(found, (None, ""))
    return error if error is None or kind is None else named(kind, error, server, way_out)


def named(kind: type[AttestError], error: BaseException, server: DatabaseServer, way_out: str) -> AttestError:
    """Say in one line what the server or the driver said, and the way out."""
    made = kind(f"{server}: {' '.join(str(error).split())}; {way_out}")
    made.__cause__ = error
    return made


def unknown(error: BaseException, server: DatabaseServer) -> Unavailable:
    """Report that nobody knows whether a transaction was stored."""
    made = Unavailable(f"{server}: {' '.join(str(error).split())}; {UNKNOWN}", reached=True)
    made.__cause__ = error
    return made
