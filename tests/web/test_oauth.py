"""A provider lets in only whom it vouches for, and only where an operator lets their domain in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.doors import DOOR_SETTINGS, Doors
from graph.errors import Misconfigured
from graph.options import Role
from tests.web.quick import HASHER, PASSWORD
from ui.people.accounts import Account, Accounts
from ui.people.oauth import TurnedAway, account_of_oauth, account_of_session

DOORS = Doors(oauth_domains=("example.org",), oauth_role=Role.ANALYST)
EVE = "eve@example.org"


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    made = Accounts(tmp_path, hasher=HASHER)
    made.add("ada@example.org", PASSWORD, Role.ADMIN)
    made.add("admin", PASSWORD, Role.ADMIN)
    return made


def vouched(mail: object) -> dict[str, Any]:
    return {"email": mail, "email_verified": True}


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({}, TurnedAway.UNVERIFIED),
        (vouched(None), TurnedAway.UNVERIFIED),
        (vouched("ann"), TurnedAway.FOREIGN),
        (vouched("admin"), TurnedAway.FOREIGN),
        (vouched("@example.org"), TurnedAway.FOREIGN),
        (vouched("ann@example.com"), TurnedAway.FOREIGN),
        (vouched("ann@sub.example.org"), TurnedAway.FOREIGN),
        (vouched("ann@example.org.evil.example"), TurnedAway.FOREIGN),
        (vouched("ann@example.org@evil.example"), TurnedAway.FOREIGN),
        (vouched('a"b@example.org'), TurnedAway.UNNAMEABLE),
        (vouched("a" * 60 + "@example.org"), TurnedAway.UNNAMEABLE),
        ({"login": EVE, "email_verified": True}, TurnedAway.UNVERIFIED),
        ({"preferred_username": EVE, "email_verified": True}, TurnedAway.UNVERIFIED),
        ({"userPrincipalName": EVE}, TurnedAway.UNVERIFIED),
        ({"emails": [{"email": EVE, "primary": True, "verified": True}]}, TurnedAway.UNVERIFIED),
    ],
)
def test_a_stranger_does_not_come_in(accounts: Accounts, facts: dict[str, Any], why: TurnedAway) -> None:
    """Only a verified mail address of exactly one of the domains opens."""
    assert account_of_oauth("house", facts, doors=DOORS, accounts=accounts) is why


@pytest.mark.parametrize("said", [None, False, "false", "yes", 0, 1, [], {}])
def test_the_mail_of_an_account_opens_nothing_unverified(accounts: Accounts, said: object) -> None:
    """Who registers the mail of an account at the provider, and cannot confirm it, does not become it."""
    for facts in (
        {"email": "ada@example.org", "email_verified": said},
        {"email": "ada@example.org", "verified_email": said},
        {"email": "ada@example.org"},
    ):
        found = account_of_oauth("house", facts, doors=DOORS, accounts=accounts)
        assert found is TurnedAway.UNVERIFIED


@pytest.mark.parametrize(
    ("provider", "facts"),
    [
        ("google", {"email": EVE, "verified_email": True}),
        ("aws-cognito", {"email": EVE, "email_verified": "true"}),
        ("azure-ad", {"mail": "ada@example.org", "userPrincipalName": EVE}),
        (
            "github",
            {
                "email": "ada@example.org",
                "emails": [
                    {"email": "ada@example.org", "primary": False, "verified": True},
                    {"email": EVE, "primary": True, "verified": True},
                ],
            },
        ),
    ],
)
def test_each_provider_is_believed_about_what_it_proved(
    accounts: Accounts, provider: str, facts: dict[str, Any]
) -> None:
    """The mail is taken from where that provider proves it, not from where a person may write another."""
    found = account_of_oauth(provider, facts, doors=DOORS, accounts=accounts)
    assert found == Account(name=EVE, role=Role.ANALYST)


def test_an_unverified_mail_at_github_is_none(accounts: Accounts) -> None:
    """The primary address counts, and only confirmed."""
    facts = {"emails": [{"email": EVE, "primary": True, "verified": False}, "junk"]}
    assert account_of_oauth("github", facts, doors=DOORS, accounts=accounts) is TurnedAway.UNVERIFIED


def test_who_comes_by_oauth_is_what_the_setting_says(accounts: Accounts) -> None:
    """A person without an account has the role of the setting; with one, its own."""
    eve = account_of_oauth("house", vouched("Eve@Example.org"), doors=DOORS, accounts=accounts)
    assert eve == Account(name=EVE, role=Role.ANALYST)
    ada = account_of_oauth("house", vouched("Ada@Example.org"), doors=DOORS, accounts=accounts)
    assert ada == Account(name="ada@example.org", role=Role.ADMIN)


@given(st.dictionaries(st.sampled_from(["email", "mail", "upn"]), st.text() | st.none()))
def test_without_domains_nobody_comes_by_oauth(facts: dict[str, Any]) -> None:
    """The default lets nobody in."""
    known = {**facts, "email_verified": True}
    found = account_of_oauth("house", known, doors=Doors(), accounts=Accounts(Path("nowhere")))
    assert isinstance(found, TurnedAway)


def test_a_session_lasts_as_long_as_what_began_it(accounts: Accounts) -> None:
    """One by password needs the account and passwords; one by a provider needs the domain to be let in."""

    def stands(name: str, *, by_provider: bool, doors: Doors = DOORS) -> Account | None:
        return account_of_session(name, by_provider=by_provider, doors=doors, accounts=accounts)

    alone = Doors(oauth_domains=("example.org",), password_login=False)
    assert stands("ada@example.org", by_provider=False)
    assert stands("ada@example.org", by_provider=True)
    assert stands("ada@example.org", by_provider=False, doors=alone) is None
    assert stands("ada@example.org", by_provider=True, doors=Doors()) is None
    accounts.remove("ada@example.org")
    assert stands("ada@example.org", by_provider=False) is None
    assert stands("ada@example.org", by_provider=True) == Account(name="ada@example.org", role=Role.ANALYST)


@pytest.mark.parametrize("slip", ["@example.org", "*.example.org", "https://example.org", "a b"])
def test_a_domain_that_can_be_none_is_refused(slip: str) -> None:
    """A slip is said at the start, where it would let nobody in without a word."""
    values = {setting.name: setting.default for setting in DOOR_SETTINGS}
    with pytest.raises(Misconfigured, match="ATTEST_OAUTH_DOMAINS"):
        Doors.read({**values, "ATTEST_OAUTH_DOMAINS": f"example.org,{slip}"})
