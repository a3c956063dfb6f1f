"""Name the accounts that runs, costs and caps belong to, for people to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.stores.db.read_only import columns, reading

if TYPE_CHECKING:  # the lane brings asyncio, which lists need not wait for
    from graph.config.database_address import Location
    from graph.stores.db.db_worker import Connection


def names(connection: Connection, location: Location) -> dict[str, str]:
    """Return every account's id with its name; a removed one's says so, and its id tells it from another."""
    if not columns(connection, location, "accounts"):  # as an earlier release left it
        return {}
    rows = connection.execute("SELECT id, name, removed FROM accounts")
    return {account: shown(account, name, removed) for account, name, removed in rows}


def list_names(location: Location) -> dict[str, str]:
    """Do the same without opening the database for work; raises Misconfigured when it cannot be read."""
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
    """Return the name of one account; what is no account is called by its own word."""
    row = connection.execute("SELECT name, removed FROM accounts WHERE id = :id", {"id": account}).fetchone()
    return account if row is None else shown(account, *row)


def shown(account: str, name: str, removed: float | None) -> str:
    """Say a name as people read it."""
    return name if removed is None else f"{name or 'account'} (removed, {account})"
