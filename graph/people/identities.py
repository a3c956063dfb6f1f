"""Give each person of a provider one permanent account, also when their mail address changes hands."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from graph.people.accounts import Account, account_of, new_id
from graph.people.oauth import LoginRefusal, VouchedPerson
from graph.records import Clock
from graph.stores.accounts import account_identities, stored_accounts
from graph.stores.accounts.stored_accounts import StoredAccount

if TYPE_CHECKING:
    from graph.config.server_settings import ServerSettings
    from graph.stores.db.database import Database
    from graph.stores.db.db_worker import Connection


class Identities:
    """Link an account to a person of a provider at the first login."""

    def __init__(
        self,
        database: Database,
        server_settings: ServerSettings,
        *,
        clock: Clock = time.time,
        new_id: Callable[[], str] = new_id,
    ) -> None:
        self._database = database
        self._server_settings = server_settings
        self._clock = clock
        self._new_id = new_id

    async def admit(self, person: VouchedPerson) -> Account | LoginRefusal:
        """Return the account of a person; make one where no account has their mail address.

        An unlinked account of that name is linked to the person; an account linked to somebody else
        is refused.
        """
        found = await self._database.write(lambda connection: self._found(connection, person))
        return account_of(found, self._server_settings.oauth_role) if found else LoginRefusal.TAKEN

    def _found(self, connection: Connection, person: VouchedPerson) -> StoredAccount | None:
        linked = account_identities.linked(connection, person.issuer, person.subject)
        if linked:
            return stored_accounts.by_id(connection, linked)
        known = stored_accounts.by_name(connection, person.mail) or self._made(connection, person.mail)
        if account_identities.issuers_of(connection, known.id):
            return None
        account_identities.link(connection, person.issuer, person.subject, known.id, self._clock())
        return known

    def _made(self, connection: Connection, mail: str) -> StoredAccount:
        made = StoredAccount(id=self._new_id(), name=mail, role=None, password=None, created=self._clock())
        stored_accounts.add(connection, made)
        return made
