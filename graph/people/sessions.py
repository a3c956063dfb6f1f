"""Begin, find and end browser sessions: each is a row that any process can end at once."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from graph.options import Role
from graph.people.accounts import Account
from graph.people.oauth import is_let_in
from graph.records import Clock
from graph.stores.accounts import account_sessions

if TYPE_CHECKING:
    from graph.config.server_settings import ServerSettings
    from graph.stores.accounts.account_sessions import SessionOwner
    from graph.stores.db.database import Database
    from graph.stores.db.db_worker import Connection

LASTS = 1_296_000.0
"""How many seconds a session lasts: as long as the cookie that Chainlit gives."""


class Sessions:
    """Store sessions in the database.

    A session of a password lasts while passwords are in use. A session of a provider lasts while the provider
    is among `issuers` and the domain is allowed. The account must exist in the same version.
    """

    def __init__(
        self,
        database: Database,
        server_settings: ServerSettings,
        issuers: Collection[str] = (),
        *,
        clock: Clock = time.time,
        new_id: Callable[[], str] = lambda: secrets.token_urlsafe(16),
    ) -> None:
        self._database = database
        self._server_settings = server_settings
        self._issuers = frozenset(issuers)
        self._clock = clock
        self._new_id = new_id

    async def begin(self, account: Account, issuer: str = "") -> str:
        """Return the id of a new session; `issuer` is the provider, empty for a password."""
        session, now = self._new_id(), self._clock()
        await self._database.write(
            lambda connection: account_sessions.begin(
                connection, session, (account.id, account.version, issuer), (now, now + LASTS)
            )
        )
        return session

    async def account(self, session: str) -> Account | None:
        """Return the present account of a session; None where the session has ended."""
        return (await self.accounts([session])).get(session)

    async def accounts(self, sessions: Collection[str]) -> dict[str, Account]:
        """Return the accounts of sessions by session id, without ended sessions."""
        asked, now = list(dict.fromkeys(sessions)), self._clock()

        def found(connection: Connection) -> dict[str, SessionOwner]:
            return account_sessions.standing(connection, asked, now)

        standing = await self._database.read(found) if asked else {}
        return {session: self._account(each) for session, each in standing.items() if self._holds(each)}

    async def end(self, session: str) -> None:
        """End one session."""
        await self._database.write(lambda connection: account_sessions.end(connection, session))

    def _holds(self, standing: SessionOwner) -> bool:
        if not standing.issuer:
            return self._server_settings.password_login
        return standing.issuer in self._issuers and is_let_in(standing.name, self._server_settings)

    def _account(self, standing: SessionOwner) -> Account:
        role = Role(standing.role) if standing.role else self._server_settings.oauth_role
        return Account(id=standing.account, name=standing.name, role=role, version=standing.version)
