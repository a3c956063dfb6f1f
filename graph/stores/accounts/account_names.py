"""Name the accounts that runs, costs and caps belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.stores.db.read_only import columns, reading

if TYPE_CHECKING:  # the worker imports asyncio, which lists need not wait for
    from graph.config.database_address import Location
    from graph.stores.db.db_worker import Connection


def names(connection: Connection, location: Location) -> dict[str, str]:
    """Return every account's id with its name; a removed account's name says so and holds its id."""
    if not columns(connection, location, "accounts"):  # a database of an earlier release
        return {}
    rows = connection.execute("SELECT id, name, removed FROM accounts")
    return {account: shown(account, name, removed) for account, name, removed in rows}


def list_names(location: Location) -> dict[str, str]:
    """Return the same, read only; raises Misconfigured when the database cannot be read."""
    with reading(location) as connection:
        return names(connection, location)


def find_id(location: Location, name: str) -> str | None:
    """Return the id of the account that has a name now; raises Misconfigured when nothing can be read."""
    with reading(location) as connection:
        if not columns(connection, location, "accounts"):
            return None
        row = connection.execute(
            "SELECT id FROM accounts WHERE name = :name AND removed IS NULL", {"name": name}
        ).fetchone()
    return None if row is None else str(row[0])


def name_of(connection: Connection, account: str) -> str:
    """Return the name of an account, or the id itself for what is no account."""
    row = connection.execute("SELECT name, removed FROM accounts WHERE id = :id", {"id": account}).fetchone()
    return account if row is None else shown(account, *row)


def shown(account: str, name: str, removed: float | None) -> str:
    """Return a name as people read it."""
    return name if removed is None else f"{name or 'account'} (removed, {account})"
