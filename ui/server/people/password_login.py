"""Let a person log in, and nobody guess."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.errors import Refused
from graph.records import Clock
from graph.stores.accounts import account_devices
from ui.server.people.account_name import MOST_NAME, folded
from ui.server.people.accounts import Account, Accounts
from ui.server.people.bearer_secret import digest_of, new_secret
from ui.server.people.login_rates import Rates, Visit, network_of

if TYPE_CHECKING:
    from graph.stores.db.database import Database
    from graph.stores.db.db_worker import Connection

AT_ONCE = 4
"""How many passwords are checked at the same time: each takes 64 MiB."""
REMEMBERED_SECONDS = account_devices.KNOWN_DAYS * 86_400
"""How long the browser of a person is remembered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Say from where somebody tries: the address, and the secret that a browser was given at a login."""

    address: str
    device: str = ""

    @property
    def devices(self) -> tuple[str, ...]:
        """Return what it is known by, the browser first: others share a network."""
        network = f"network {network_of(self.address)}"
        return (f"browser {digest_of(self.device)}", network) if self.device else (network,)


class TooMany(Refused):
    """Refuse an attempt to log in; `seconds` is how long to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"too many attempts to log in: wait {seconds} seconds, then try again")
        self.seconds = seconds


class Login:
    """Check passwords in a thread, at the rate that is set."""

    def __init__(
        self,
        accounts: Accounts,
        database: Database,
        rates: Rates,
        *,
        clock: Clock = time.time,
        secret: Callable[[], str] = new_secret,
    ) -> None:
        self._accounts = accounts
        self._database = database
        self._rates = rates
        self._clock = clock
        self._secret = secret
        self._places = asyncio.Semaphore(AT_ONCE)

    async def admit(self, name: str, password: str, origin: Origin) -> Account | None:
        """Return the account, or None for a wrong name or password; raises TooMany after too many attempts.

        An attempt counts whether it succeeds or not: for its name and its address, or, where the owner of the
        account logged in before, for that browser or network alone. So nobody elsewhere keeps the owner out.
        """
        visit = await self._counted(name, origin)
        if not visit.allowed:
            raise TooMany(visit.reset)
        async with self._places:
            return await self._accounts.verify(name, password)

    async def remember(self, account: Account, origin: Origin) -> str:
        """Note from where a person logged in; return the secret for their browser to keep.

        A secret that no login of theirs gave is replaced: somebody else may know it.
        """
        fresh, now = self._secret(), self._clock()

        def work(connection: Connection) -> str:
            asked = origin.devices[:-1]
            own = asked and account_devices.known(connection, account.name, asked, now)
            device = origin.device if own else fresh
            devices = Origin(address=origin.address, device=device).devices
            account_devices.remember(connection, account.id, devices, now)
            return device

        return await self._database.write(work)

    async def _counted(self, name: str, origin: Origin) -> Visit:
        plain, now = (folded(name) or name)[:MOST_NAME], self._clock()
        known = await self._database.read(
            lambda connection: account_devices.known(connection, plain, origin.devices, now)
        )
        if known:
            return await self._rates.visit(f"name {plain} {known}")
        return await self._rates.visit(f"name {plain}", f"address {network_of(origin.address)}")
