"""Hold the address of a database, and never show its password."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseServer:
    """Hold the address of a PostgreSQL database: `url` for the driver, `shown` for people."""

    url: str = field(repr=False)
    shown: str

    def __str__(self) -> str:
        """Return the address without its secrets."""
        return self.shown


# An ambiguous address is not shown at all: part of the password may be anywhere in it.
_CLEAR = re.compile(r"(?:(?P<user>[^@/:?]*)(?::[^@/?]*)?@)?(?P<place>[^@?]*)(?:\?[^@]*)?")

Location: TypeAlias = Path | DatabaseServer
"""A SQLite file, or a database of a PostgreSQL server."""


def server(url: str) -> DatabaseServer:
    """Read postgresql://USER:PASSWORD@HOST:PORT/NAME; the password is not shown."""
    scheme, _, rest = url.partition("://")
    found = _CLEAR.fullmatch(rest)
    user = f"{found['user']}@" if found and found["user"] else ""
    return DatabaseServer(url=url, shown=f"{scheme}://{user}{found['place'] if found else '…'}")
