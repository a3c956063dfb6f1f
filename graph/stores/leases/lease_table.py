"""Define the table of leases on a server; with a file, locked files do the same."""

from __future__ import annotations

# A lease is valid while its connection lives: the backend's number, and when it began.
LEASE_TABLE = """
CREATE TABLE leases (
    run TEXT NOT NULL PRIMARY KEY, backend INTEGER NOT NULL, began REAL NOT NULL, stopping INTEGER NOT NULL
);
"""
