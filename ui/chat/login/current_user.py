"""Find the person of the current session, and what they may do."""

from __future__ import annotations

from dataclasses import dataclass

import chainlit as cl
from chainlit.context import context

from graph.config.settings import Settings
from graph.errors import Refused
from graph.people.accounts import Account
from graph.people.policy_access import Access
from graph.people.policy_access import most_budget as most_budget_of
from graph.people.sessions import Sessions
from guards.policy.access import Action
from ui.server.web.session_token import SESSION, account_of_token


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrentUser:
    """Look up the person of the current session at each call, because an account may change at any time."""

    sessions: Sessions
    access: Access
    settings: Settings

    async def account(self) -> Account:
        """Return the account, with the role it has now; raise Refused when the session is over."""
        account = await self.find()
        if account is None:
            raise Refused("your login is not valid any more: log out, then log in again")
        return account

    async def find(self) -> Account | None:
        """Return the account, or None when the session is over."""
        return await self.behind(context.session.token)

    async def behind(self, token: str | None) -> Account | None:
        """Return the account of a login token; None when nobody is logged in, or the session is over."""
        return await account_of_token(token, self.sessions) if token else None

    async def most_budget(self) -> int | None:
        """Return the most this person may give a run, in micro-dollars; None: any amount.

        A run is shown to its end, also when its person has logged out meanwhile.
        """
        account = await self.find()
        return most_budget_of(account, self.settings) if account else self.settings.budget

    async def may(self, action: Action, owner: str = "") -> bool:
        """Tell whether this person may do that; `owner` is the id of the account whose run it is about."""
        return self.access.may(await self.account(), action, owner)

    async def require(self, action: Action, owner: str = "") -> Account:
        """Return the account of a person who may do that; raise Refused, with the reason, for any other."""
        account = await self.account()
        self.access.require(account, action, owner)
        return account


def user_of(account: Account, session: str) -> cl.User:
    """Return the user that Chainlit signs for a session: known by the account's id, shown by its name."""
    return cl.User(identifier=account.id, display_name=account.name, metadata={SESSION: session})
