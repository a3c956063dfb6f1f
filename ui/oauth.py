"""Name the account of who comes in by OAuth."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.doors import Doors
from graph.errors import Misconfigured
from ui.accounts import Account, Accounts, checked_name

_MAIL = ("email", "mail", "upn", "preferred_username", "userPrincipalName")
"""Where the providers write a mail address, the most trustworthy first."""


def account_of_oauth(facts: Mapping[str, Any], *, doors: Doors, accounts: Accounts) -> Account | None:
    """Return the account of a person a provider vouches for, or None for one who may not come in.

    `facts` is what the provider says of the person. The mail address is the name; its domain must be in
    ATTEST_OAUTH_DOMAINS, and the provider must not say that it is unverified. Who has an account of that name
    has its role, everybody else ATTEST_OAUTH_ROLE.
    """
    mail = next((facts[key] for key in _MAIL if isinstance(facts.get(key), str) and facts[key]), "")
    if facts.get("email_verified", facts.get("verified_email", True)) not in {True, "true"}:
        return None
    local, at, domain = mail.lower().rpartition("@")
    if not (local and at and domain in doors.oauth_domains):
        return None
    try:
        name = checked_name(mail)
    except Misconfigured:
        return None
    return accounts.find(name) or Account(name=name, role=doors.oauth_role)


def account_of_session(name: str, *, by_provider: bool, doors: Doors, accounts: Accounts) -> Account | None:
    """Return the account behind a session that was begun before, as it is now; None where it is gone."""
    if account := accounts.find(name):
        return account
    return account_of_oauth({"email": name}, doors=doors, accounts=accounts) if by_provider else None
