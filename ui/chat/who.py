"""Say who sits at the current session, and what they may do."""

from __future__ import annotations

import chainlit as cl
from chainlit.context import context

from graph.doors import Doors
from graph.errors import Refused
from guards.access import Action
from ui.people.access import Access
from ui.people.access import most_budget as most_budget_of
from ui.people.accounts import Account, Accounts
from ui.people.session_token import BY, PROVIDER, account_of_token
from ui.served import served

_KNOWN: list[tuple[Accounts, Access, Doors]] = []


def know(accounts: Accounts, access: Access, doors: Doors | None = None) -> None:
    """Take what people are known by and what decides what they may do."""
    _KNOWN[:] = [(accounts, access, doors or Doors())]


def asker() -> Account:
    """Return the account of the current session, with the role it has now.

    Raises Refused when the account is gone.
    """
    account = sitting()
    if account is None:
        raise Refused("your login is not valid any more: log out, then log in again")
    return account


def sitting() -> Account | None:
    """Return the account of the current session as it stands now; None where there is none any more."""
    return behind(context.session.token)


def behind(token: str | None) -> Account | None:
    """Return the account of a login as it stands now; None where nobody is logged in, or it is over."""
    accounts, _, doors = _KNOWN[-1]
    return account_of_token(token, doors=doors, accounts=accounts) if token else None


def access() -> Access:
    """Return what decides what people may do."""
    return _KNOWN[-1][1]


def most_budget() -> int | None:
    """Return the most whoever sits here may give a run, in micro-dollars; None: as they like."""
    return most_budget_of(asker(), served().settings)


def user_of(account: Account, *, by_provider: bool = False) -> cl.User:
    """Return the user that Chainlit keeps for an account, with who vouches for it."""
    facts = {BY: PROVIDER} if by_provider else {}
    return cl.User(identifier=account.name, display_name=account.name, metadata=facts)


def may(action: Action, owner: str = "") -> bool:
    """Tell whether whoever sits here may do that; `owner` names whose run it is about."""
    return access().may(asker(), action, owner)


def demand(action: Action, owner: str = "") -> None:
    """Raise Refused, with the reason, for what whoever sits here may not do."""
    access().require(asker(), action, owner)
