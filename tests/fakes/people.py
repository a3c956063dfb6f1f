"""Give a test the people of an installation, over a database of its own."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from argon2 import PasswordHasher

from graph.config.database_address import Location
from graph.config.server_settings import ServerSettings
from graph.people.accounts import Account, Accounts
from graph.people.identities import Identities
from graph.people.sessions import Sessions
from graph.records import Clock
from graph.stores.accounts import account_sessions, stored_accounts
from graph.stores.accounts.stored_accounts import StoredAccount
from graph.stores.db.database import Database
from graph.stores.db.migrations import MIGRATIONS

if TYPE_CHECKING:
    import chainlit as cl

    from graph.stores.db.db_worker import Connection

HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
FOR_EVER = 1e12
PASSWORD = "correct horse battery"  # noqa: S105  # of nobody


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Hold who may come in, and their sessions."""

    database: Database
    accounts: Accounts
    sessions: Sessions
    identities: Identities

    def put(self, *people: Account) -> None:
        """Have these accounts, each with a session that lasts."""

        def work(connection: Connection) -> None:
            for each in people:
                kept = StoredAccount(id=each.id, name=each.name, role=each.role, password=None, created=0.0)
                stored_accounts.add(connection, kept)
                account_sessions.begin(connection, _session(each), (each.id, 1, ""), (0.0, FOR_EVER))

        self.database.write_now(work)

    async def user(self, account: Account, issuer: str = "") -> cl.User:
        """Return the user that Chainlit knows once somebody has logged in."""
        from ui.chat.login.current_user import user_of  # noqa: PLC0415  # it imports Chainlit

        return user_of(account, await self.sessions.begin(account, issuer))


def seated(account: Account) -> cl.User:
    """Return the user that Chainlit knows for the session of an account that was put here."""
    from ui.chat.login.current_user import user_of  # noqa: PLC0415  # it imports Chainlit

    return user_of(account, _session(account))


def _session(account: Account) -> str:
    return f"session of {account.id}"


@contextmanager
def known(
    where: Location,
    server_settings: ServerSettings | None = None,
    issuers: Collection[str] = ("house",),
    *,
    clock: Clock = time.time,
) -> Iterator[Known]:
    """Open a database, a home's where a folder is given, and close it."""
    place = where / "attest.db" if isinstance(where, Path) and not where.suffix else where
    database, server_settings = Database(place, migrations=MIGRATIONS), server_settings or ServerSettings()
    try:
        yield Known(
            database=database,
            accounts=Accounts(database, oauth_role=server_settings.oauth_role, clock=clock, hasher=HASHER),
            sessions=Sessions(database, server_settings, issuers, clock=clock),
            identities=Identities(database, server_settings, clock=clock),
        )
    finally:
        database.close_now()
