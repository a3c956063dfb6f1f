"""Name the table of who works on a run, on a server; with a file the locks of its folder say it."""

from __future__ import annotations

# A lease counts while the connection it names lives: the number of its backend, and when that began.
LEASE_TABLE = """
CREATE TABLE leases (
    run TEXT NOT NULL PRIMARY KEY, backend INTEGER NOT NULL, began REAL NOT NULL, stopping INTEGER NOT NULL
);
"""
