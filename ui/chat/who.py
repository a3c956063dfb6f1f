"""Say who sits at the current session, and what they may do."""

from __future__ import annotations

import chainlit as cl

from graph.errors import Refused
from graph.options import Role
from guards.access import Action
from ui.access import Access
from ui.accounts import Account, Accounts

BY_PROVIDER = "provider"
_KNOWN: list[tuple[Accounts, Access]] = []


def know(accounts: Accounts, access: Access) -> None:
    """Take what people are known by and what decides what they may do."""
    _KNOWN[:] = [(accounts, access)]


def asker() -> Account:
    """Return the account of the current session, with the role it has now.

    Raises Refused when the account is gone.
    """
    account = behind(cl.user_session.get("user"))
    if account is None:
        raise Refused("your account does not exist any more: log in with another")
    return account


def behind(user: cl.User | None) -> Account | None:
    """Return the account of a login as it stands now; None where nobody is logged in, or it is gone."""
    return account_of(user, _KNOWN[-1][0]) if user else None


def access() -> Access:
    """Return what decides what people may do."""
    return _KNOWN[-1][1]


def account_of(user: cl.User, accounts: Accounts) -> Account | None:
    """Return the account of a user: as it is kept now, or as a provider vouched for it at the login."""
    found = accounts.find(user.identifier)
    facts = user.metadata or {}
    if found is None and facts.get("by") == BY_PROVIDER and facts.get("role") in set(Role):
        return Account(name=user.identifier, role=Role(facts["role"]))
    return found


def user_of(account: Account, by: str = "") -> cl.User:
    """Return the user that Chainlit keeps for an account; `by` says who vouches for it."""
    facts = {"role": str(account.role), **({"by": by} if by else {})}
    return cl.User(identifier=account.name, display_name=account.name, metadata=facts)


def may(action: Action, owner: str = "") -> bool:
    """Tell whether whoever sits here may do that; `owner` names whose run it is about."""
    return _KNOWN[-1][1].may(asker(), action, owner)


def demand(action: Action, owner: str = "") -> None:
    """Raise Refused, with the reason, for what whoever sits here may not do."""
    _KNOWN[-1][1].require(asker(), action, owner)
