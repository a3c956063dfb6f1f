"""Let people in: by name and password, or by a provider the operator set up."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

import chainlit as cl

from graph.errors import Misconfigured, Refused
from graph.settings import Settings, hand_down
from ui.chat.caller import address
from ui.chat.turned_away import turn_away
from ui.chat.who import know, user_of
from ui.people.access import Access
from ui.people.accounts import FIRST, Accounts
from ui.people.identity_providers import advice, offered, problems
from ui.people.login import Login
from ui.people.oauth import TurnedAway, account_of_oauth
from ui.people.rates import Rates
from ui.people.session_secret import session_secret
from ui.terminal import tell


class Door:
    """Know the accounts of an installation and let their owners in.

    Building it gives Chainlit the secret of its sessions, and makes the first account where there is none and
    people log in by password: its own is told once, on the terminal. Raises Misconfigured where settings keep
    people out.
    """

    def __init__(self, settings: Settings) -> None:
        for problem in problems(settings):
            raise Misconfigured(problem)
        for doubt in advice(settings):
            tell(doubt)
        hand_down("CHAINLIT_AUTH_SECRET", session_secret(settings.home))
        self._doors = settings.doors
        self._offered = offered(settings.values)
        self._accounts = Accounts(settings.home)
        self._login = Login(self._accounts, Rates(settings.doors.login_rate, clock=time.time))
        if self._doors.password_login and (password := self._accounts.ensure_first()):
            tell(f"log in as {FIRST} with the password {password} (it is shown this once)")
        know(self._accounts, Access(settings.policies), self._doors)

    async def by_password(self, name: str, password: str) -> cl.User | None:
        """Return the user of an account, if the password is its own and was not tried too often."""
        try:
            account = await self._login.admit(name, password, address())
        except Refused as refused:
            tell(f"login refused: {refused}")
            return None
        return user_of(account) if account else None

    def by_provider(self, provider: str, facts: Mapping[str, Any]) -> cl.User | None:
        """Return the user of a person a provider vouches for, if the operator lets their domain in."""
        if provider not in self._offered:
            return None
        account = account_of_oauth(provider, facts, doors=self._doors, accounts=self._accounts)
        if isinstance(account, TurnedAway):
            turn_away(account)
            tell(f"login by {provider} refused: {account}")
            return None
        return user_of(account, by_provider=True)
