"""Name the account of who comes in by OAuth."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from graph.doors import Doors
from graph.errors import Misconfigured
from ui.people.accounts import Account, Accounts, checked_name


class TurnedAway(StrEnum):
    """Say why a person a provider knows may not come in."""

    UNVERIFIED = "the provider does not say that it verified the mail address"
    FOREIGN = "the domain of the mail address is not in ATTEST_OAUTH_DOMAINS"
    UNNAMEABLE = "the mail address is no name of an account: over 64 characters, or other signs than . _ - @"


def account_of_oauth(
    provider: str, facts: Mapping[str, Any], *, doors: Doors, accounts: Accounts
) -> Account | TurnedAway:
    """Return the account of a person a provider vouches for, or why they may not come in.

    `facts` is what the provider says of the person. The mail address is the name: the provider must have
    verified it, and its domain must be in ATTEST_OAUTH_DOMAINS. Who has an account of that name has its role,
    everybody else ATTEST_OAUTH_ROLE.
    """
    mail = verified_mail(provider, facts)
    return account_of_mail(mail, doors=doors, accounts=accounts) if mail else TurnedAway.UNVERIFIED


def verified_mail(provider: str, facts: Mapping[str, Any]) -> str:
    """Return the mail address that a provider says it verified, or nothing.

    A name that people choose themselves is none, and neither is the `mail` of Entra ID, which every tenant
    writes as it likes: there the name of the login counts, whose domain its tenant had to prove.
    """
    if provider in {"azure-ad", "azure-ad-hybrid"}:
        return _text(facts.get("userPrincipalName"))
    if provider == "github":
        return next((_text(mail.get("email")) for mail in _mails(facts) if _is_chosen(mail)), "")
    said = facts.get("email_verified", facts.get("verified_email"))
    return _text(facts.get("email")) if said is True or said == "true" else ""


def account_of_mail(mail: str, *, doors: Doors, accounts: Accounts) -> Account | TurnedAway:
    """Return the account of a verified mail address as it stands now, or why it may not come in."""
    local, _, domain = mail.lower().rpartition("@")
    if not local or domain not in doors.oauth_domains:
        return TurnedAway.FOREIGN
    try:
        name = checked_name(mail)
    except Misconfigured:
        return TurnedAway.UNNAMEABLE
    return accounts.find(name) or Account(name=name, role=doors.oauth_role)


def account_of_session(name: str, *, by_provider: bool, doors: Doors, accounts: Accounts) -> Account | None:
    """Return the account behind a session that was begun before, as it is now; None where it is gone.

    A session lasts as long as what it was begun by: a password as long as there is the account and passwords
    are asked for, the word of a provider as long as the domain is let in.
    """
    if not by_provider:
        return accounts.find(name) if doors.password_login else None
    account = account_of_mail(name, doors=doors, accounts=accounts)
    return account if isinstance(account, Account) else None


def _mails(facts: Mapping[str, Any]) -> list[dict[str, Any]]:
    mails = facts.get("emails")
    return [mail for mail in mails if isinstance(mail, dict)] if isinstance(mails, list) else []


def _is_chosen(mail: Mapping[str, Any]) -> bool:
    return mail.get("primary") is True and mail.get("verified") is True


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
