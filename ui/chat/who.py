"""Say who sits at the current session, and what they may do."""

from __future__ import annotations

import time
from functools import cache

import chainlit as cl

from graph.errors import Refused
from graph.records import Decision
from guards.access import AccessQuestion, AccessRules, Action
from tools.path.rulebook import Rulebook
from ui.accounts import Account, Accounts
from ui.chat.choices import Asker
from ui.served import served

_KNOWN: list[Accounts] = []


def know(accounts: Accounts) -> None:
    """Take the accounts that people are known by."""
    _KNOWN[:] = [accounts]


def asker() -> Asker:
    """Return the account of the current session, with the role it has now.

    Raises Refused when the account is gone.
    """
    user = cl.user_session.get("user")
    account = _KNOWN[-1].find(user.identifier) if user else None
    if account is None:
        raise Refused("your account does not exist any more: log in with another")
    return Asker(name=account.name, role=account.role)


def user_of(account: Account) -> cl.User:
    """Return the user that Chainlit keeps for an account."""
    return cl.User(identifier=account.name, display_name=account.name, metadata={"role": str(account.role)})


def may(action: Action, owner: str = "") -> Decision:
    """Ask the policy whether whoever sits here may do that; `owner` names whose run it is about."""
    who = asker()
    question = AccessQuestion(person=who.name, role=str(who.role), action=action, owner=owner)
    return _rulebook().rules().is_access_allowed(question)


def demand(action: Action, owner: str = "") -> None:
    """Raise Refused, with the reason, for what whoever sits here may not do."""
    decision = may(action, owner)
    if not decision.allowed:
        raise Refused(decision.reason)


@cache
def _rulebook() -> Rulebook[AccessRules]:
    return Rulebook(AccessRules, served().settings.policies, section="people", clock=time.time)
