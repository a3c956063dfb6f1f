"""Say where a database is, without showing the password to it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseServer:
    """Name a PostgreSQL database: by its address for the driver, by `shown` for people."""

    url: str = field(repr=False)
    shown: str

    def __str__(self) -> str:
        """Return the address without what is secret in it."""
        return self.shown


# What could be read in two ways is not shown at all: part of the password may stand anywhere in it.
_CLEAR = re.compile(r"(?:(?P<user>[^@/:?]*)(?::[^@/?]*)?@)?(?P<place>[^@?]*)(?:\?[^@]*)?")

Location: TypeAlias = Path | DatabaseServer
"""A SQLite file, or a database of a PostgreSQL server."""


def server(url: str) -> DatabaseServer:
    """Read postgresql://USER:PASSWORD@HOST:PORT/NAME; no password is shown."""
    scheme, _, rest = url.partition("://")
    found = _CLEAR.fullmatch(rest)
    user = f"{found['user']}@" if found and found["user"] else ""
    return DatabaseServer(url=url, shown=f"{scheme}://{user}{found['place'] if found else '…'}")
