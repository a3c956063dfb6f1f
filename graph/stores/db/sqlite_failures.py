"""Name failures of the database file by what its operator must do."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from graph.errors import AttestError, Misconfigured, Unavailable

OR_MOVE = "or set ATTEST_HOME to another folder"
ASIDE = f"nothing was changed: move the file aside {OR_MOVE}"
WRITABLE = f"make the folder and what is in it writable {OR_MOVE}"
OUTCOMES: dict[int, tuple[type[AttestError], str]] = {
    sqlite3.SQLITE_BUSY: (Unavailable, "nothing was stored: try again when the other process is done"),
    **dict.fromkeys((sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT), (Misconfigured, ASIDE)),
    sqlite3.SQLITE_FULL: (Misconfigured, f"nothing was stored: free disk space {OR_MOVE}"),
    sqlite3.SQLITE_IOERR: (Misconfigured, f"nothing was stored: check the disk {OR_MOVE}"),
    **dict.fromkeys((sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY), (Misconfigured, WRITABLE)),
}


def explained(error: BaseException | None, path: Path) -> BaseException | None:
    """Name the error by the caller's next move if the file, not the job, is at fault."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code not in OUTCOMES:
        return error
    kind, way_out = OUTCOMES[code]
    explained = kind(f"{path}: {error}; {way_out}")
    explained.__cause__ = error
    return explained
