"""Do small works on a database, and look into its file from outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.stores.db.read_only import reading
from tests.graph.stores.db.children import put

if TYPE_CHECKING:
    from collections.abc import Callable

    from graph.stores.db.database import Database
    from graph.stores.db.db_worker import Connection


def insert(number: int) -> Callable[[Connection], int]:
    def work(connection: Connection) -> int:
        put(connection, "a", number)
        return number

    return work


def numbers(connection: Connection) -> list[int]:
    return [number for (number,) in connection.execute("SELECT number FROM kept ORDER BY number")]


def kept(database: Database) -> list[int]:
    """Read what is stored over a connection of our own."""
    with reading(database.path) as connection:
        return numbers(connection)
