"""Let people in: by name and password, or by a provider the operator set up."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

import chainlit as cl

from graph.errors import Refused
from graph.settings import Settings, hand_down
from ui.access import Access
from ui.accounts import FIRST, Account, Accounts
from ui.chat.caller import address
from ui.chat.who import BY_PROVIDER, know, user_of
from ui.login import Login
from ui.oauth import account_of_oauth
from ui.rates import Rates
from ui.session_secret import session_secret
from ui.terminal import tell


class Door:
    """Know the accounts of an installation and let their owners in.

    Building it gives Chainlit the secret of its sessions, and makes the first account where there is none:
    its password is told once, on the terminal.
    """

    def __init__(self, settings: Settings) -> None:
        hand_down("CHAINLIT_AUTH_SECRET", session_secret(settings.home))
        self._doors = settings.doors
        self._accounts = Accounts(settings.home)
        self._login = Login(self._accounts, Rates(settings.doors.login_rate, clock=time.time))
        if password := self._accounts.ensure_first():
            tell(f"log in as {FIRST} with the password {password} (it is shown this once)")
        know(self._accounts, Access(settings.policies))

    async def by_password(self, name: str, password: str) -> cl.User | None:
        """Return the user of an account, if the password is its own and was not tried too often."""
        try:
            return _user(await self._login.admit(name, password, address()))
        except Refused as refused:
            tell(f"login refused: {refused}")
            return None

    def by_provider(self, facts: Mapping[str, Any]) -> cl.User | None:
        """Return the user of a person a provider vouches for, if the operator lets their domain in."""
        account = account_of_oauth(facts, doors=self._doors, accounts=self._accounts)
        return _user(account, BY_PROVIDER)


def _user(account: Account | None, by: str = "") -> cl.User | None:
    return user_of(account, by) if account else None
