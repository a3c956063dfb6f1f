"""Say who sits at the current session, and what they may do."""

from __future__ import annotations

from collections.abc import Collection

import chainlit as cl
from chainlit.context import context

from graph.errors import Refused
from guards.policy.access import Action
from ui.server.people.accounts import Account
from ui.server.people.policy_access import Access
from ui.server.people.policy_access import most_budget as most_budget_of
from ui.server.people.session_token import SESSION, account_of_token, accounts_of_tokens
from ui.server.people.sessions import Sessions
from ui.server.server_context import served

_KNOWN: list[tuple[Sessions, Access]] = []


def know(sessions: Sessions, access: Access) -> None:
    """Take what people are known by and what decides what they may do."""
    _KNOWN[:] = [(sessions, access)]


async def asker() -> Account:
    """Return the account of the current session, with the role it has now.

    Raises Refused when the session is over.
    """
    account = await sitting()
    if account is None:
        raise Refused("your login is not valid any more: log out, then log in again")
    return account


async def sitting() -> Account | None:
    """Return the account of the current session as it stands now; None where there is none any more."""
    return await behind(context.session.token)


async def behind(token: str | None) -> Account | None:
    """Return the account of a login as it stands now; None where nobody is logged in, or it is over."""
    return await account_of_token(token, sessions()) if token else None


async def standing(tokens: Collection[str]) -> dict[str, Account]:
    """Return the accounts of several logins; those that are over are left out."""
    return await accounts_of_tokens(tokens, sessions())


def sessions() -> Sessions:
    """Return the sessions people have here."""
    return _KNOWN[-1][0]


def access() -> Access:
    """Return what decides what people may do."""
    return _KNOWN[-1][1]


async def most_budget() -> int | None:
    """Return the most whoever sits here may give a run, in micro-dollars; None: as they like.

    A run is shown to its end also where its person has logged out meanwhile.
    """
    account, settings = await sitting(), served().settings
    return most_budget_of(account, settings) if account else settings.budget


def user_of(account: Account, session: str) -> cl.User:
    """Return the user that Chainlit signs for a session: known by the account's id, shown by its name."""
    return cl.User(identifier=account.id, display_name=account.name, metadata={SESSION: session})


async def may(action: Action, owner: str = "") -> bool:
    """Tell whether whoever sits here may do that; `owner` is the id of the account whose run it is about."""
    return access().may(await asker(), action, owner)


async def demand(action: Action, owner: str = "") -> None:
    """Raise Refused, with the reason, for what whoever sits here may not do."""
    access().require(await asker(), action, owner)
