"""Check the password of a login, and limit guessing."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.errors import Refused
from graph.people.account_name import MOST_NAME, folded
from graph.people.accounts import Account, Accounts
from graph.people.bearer_secret import digest_of, new_secret
from graph.people.login_rates import RateStatus, RequestRates, network_of
from graph.records import Clock
from graph.stores.accounts import account_devices

if TYPE_CHECKING:
    from graph.stores.db.database import Database
    from graph.stores.db.db_worker import Connection

AT_ONCE = 4
"""How many passwords are checked at the same time: each takes 64 MiB."""
REMEMBERED_SECONDS = account_devices.KNOWN_DAYS * 86_400
"""How long the browser of a person is remembered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginOrigin:
    """Hold the origin of a login: the address, and the secret that the browser got at an earlier login."""

    address: str
    device: str = ""

    @property
    def devices(self) -> tuple[str, ...]:
        """Return the keys of the origin, the browser before the network, which others may share."""
        network = f"network {network_of(self.address)}"
        return (f"browser {digest_of(self.device)}", network) if self.device else (network,)


class TooManyLogins(Refused):
    """Refuse a login after too many attempts; `seconds` is how long to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"too many attempts to log in: wait {seconds} seconds, then try again")
        self.seconds = seconds


class PasswordLogin:
    """Check passwords in a thread, within the rate limit."""

    def __init__(
        self,
        accounts: Accounts,
        database: Database,
        rates: RequestRates,
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

    async def admit(self, name: str, password: str, origin: LoginOrigin) -> Account | None:
        """Return the account, or None for a wrong name or password.

        Every attempt counts for its name and its address. Where the owner of the account logged in before, it
        counts for that browser or network alone, so nobody elsewhere keeps the owner out. Raises
        TooManyLogins after too many attempts.
        """
        rate = await self._counted(name, origin)
        if not rate.allowed:
            raise TooManyLogins(rate.reset)
        async with self._places:
            return await self._accounts.verify(name, password)

    async def remember(self, account: Account, origin: LoginOrigin) -> str:
        """Store the origin of a login; return the secret for the browser to keep.

        A secret from no login of this account is replaced: somebody else may know it.
        """
        fresh, now = self._secret(), self._clock()

        def work(connection: Connection) -> str:
            asked = origin.devices[:-1]
            own = asked and account_devices.known(connection, account.name, asked, now)
            device = origin.device if own else fresh
            devices = LoginOrigin(address=origin.address, device=device).devices
            account_devices.remember(connection, account.id, devices, now)
            return device

        return await self._database.write(work)

    async def _counted(self, name: str, origin: LoginOrigin) -> RateStatus:
        plain, now = (folded(name) or name)[:MOST_NAME], self._clock()
        known = await self._database.read(
            lambda connection: account_devices.known(connection, plain, origin.devices, now)
        )
        if known:
            return await self._rates.count(f"name {plain} {known}")
        return await self._rates.count(f"name {plain}", f"address {network_of(origin.address)}")
