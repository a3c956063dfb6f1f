"""Read the facts of an identity provider about a person, and use only verified ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from graph.config.server_settings import ServerSettings
from graph.errors import Misconfigured
from graph.people.account_name import checked_name, folded

_AZURE = frozenset({"azure-ad", "azure-ad-hybrid"})
MOST_SUBJECT = 255
"""How many characters OpenID Connect allows a subject."""


class LoginRefusal(StrEnum):
    """Name the reasons to refuse a person of a provider."""

    UNVERIFIED = "the provider does not say that it verified the mail address"
    FOREIGN = "the domain of the mail address is not in ATTEST_OAUTH_DOMAINS"
    UNNAMEABLE = (
        "the mail address is no name of an account: over 64 characters, or other signs than . _ - + @"
    )
    UNIDENTIFIED = "the provider names no subject (`sub` or `id`), by which a person is known again"
    TAKEN = (
        "the account of that mail address belongs to another person of a provider: if it is the same one, "
        "attest users unlink NAME lets them have it"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class VouchedPerson:
    """Hold a verified person: `subject` is the permanent id at the provider, `mail` the present address."""

    issuer: str
    subject: str
    mail: str


def vouched(
    provider: str, issuer: str, facts: Mapping[str, Any], server_settings: ServerSettings
) -> VouchedPerson | LoginRefusal:
    """Return the person in the facts of a provider, or the reason to refuse them.

    The mail address is a name: the provider must have verified it, and its domain must be in
    ATTEST_OAUTH_DOMAINS.
    """
    mail, subject = verified_mail(provider, facts), subject_of(facts)
    if not mail:
        return LoginRefusal.UNVERIFIED
    if not is_let_in(mail, server_settings):
        return LoginRefusal.FOREIGN
    if not subject:
        return LoginRefusal.UNIDENTIFIED
    try:
        return VouchedPerson(issuer=issuer, subject=subject, mail=checked_name(mail))
    except Misconfigured:
        return LoginRefusal.UNNAMEABLE


def verified_mail(provider: str, facts: Mapping[str, Any]) -> str:
    """Return the mail address that a provider says it verified, or nothing.

    A name that people choose themselves is not verified, nor is the `mail` of Entra ID, which every tenant
    sets freely: there the login name counts, whose domain the tenant had to prove.
    """
    if provider in _AZURE:
        return _text(facts.get("userPrincipalName"))
    if provider == "github":
        return next((_text(mail.get("email")) for mail in _mails(facts) if _is_chosen(mail)), "")
    said = facts.get("email_verified", facts.get("verified_email"))
    return _text(facts.get("email")) if said is True or said == "true" else ""


def subject_of(facts: Mapping[str, Any]) -> str:
    """Return the permanent id of a person at a provider, or nothing: a number at GitHub, else a text."""
    for key in ("sub", "id"):
        value = facts.get(key)
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if isinstance(value, str) and 0 < len(value) <= MOST_SUBJECT and value.isprintable():
            return value
    return ""


def is_let_in(mail: str, server_settings: ServerSettings) -> bool:
    """Return whether the operator allows the domain of a mail address."""
    local, _, domain = (folded(mail) or "").rpartition("@")
    return bool(local) and domain in server_settings.oauth_domains


def _mails(facts: Mapping[str, Any]) -> list[dict[str, Any]]:
    mails = facts.get("emails")
    return [mail for mail in mails if isinstance(mail, dict)] if isinstance(mails, list) else []


def _is_chosen(mail: Mapping[str, Any]) -> bool:
    return mail.get("primary") is True and mail.get("verified") is True


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
