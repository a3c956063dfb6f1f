"""Let a person log in, and nobody guess."""

from __future__ import annotations

import asyncio

from graph.errors import Refused
from ui.people.accounts import Account, Accounts
from ui.people.rates import Rates, network_of

AT_ONCE = 4
"""How many passwords are checked at the same time: each takes 64 MiB."""


class Login:
    """Check passwords in a thread, at the rate that is set."""

    def __init__(self, accounts: Accounts, rates: Rates) -> None:
        self._accounts = accounts
        self._rates = rates
        self._places = asyncio.Semaphore(AT_ONCE)

    async def admit(self, name: str, password: str, address: str) -> Account | None:
        """Return the account, or None for a wrong name or password; raises Refused after too many attempts.

        An attempt counts for its name and for its address, whether it succeeds or not.
        """
        visit = await self._rates.visit(f"name {name[:64].lower()}", f"address {network_of(address)}")
        if not visit.allowed:
            raise Refused(f"too many attempts to log in: wait {visit.reset} seconds, then try again")
        async with self._places:
            return await asyncio.to_thread(self._accounts.verify, name, password)
