"""A provider lets in only whom it vouches for, and only where an operator lets their domain in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.config.database_address import Location
from graph.config.server_settings import SERVER_SETTINGS, ServerSettings
from graph.errors import Misconfigured
from graph.options import Role
from graph.people.accounts import Account
from graph.people.identities import Identities
from graph.people.oauth import MOST_SUBJECT, LoginRefusal, VouchedPerson, vouched
from graph.people.sessions import Sessions
from tests.fakes.people import PASSWORD, Known, known
from tests.fakes.stored import engine, place  # noqa: F401  # fixtures

DOORS = ServerSettings(oauth_domains=("example.org",), oauth_role=Role.ANALYST)
EVE = "eve@example.org"
ADA = "ada@example.org"


@pytest.fixture
def there(place: Location) -> Iterator[Known]:  # noqa: F811  # the fixture
    with known(place, DOORS) as made:
        made.accounts.add(ADA, PASSWORD, Role.ADMIN)
        yield made


def facts(mail: object, subject: object = "s-1") -> dict[str, Any]:
    return {"email": mail, "email_verified": True, "sub": subject}


def said(
    provider: str, told: dict[str, Any], server_settings: ServerSettings = DOORS
) -> VouchedPerson | LoginRefusal:
    return vouched(provider, "house", told, server_settings)


def person(mail: str, subject: str, issuer: str = "house") -> VouchedPerson:
    return VouchedPerson(issuer=issuer, subject=subject, mail=mail)


async def admitted(there: Known, who: VouchedPerson) -> Account:
    found = await there.identities.admit(who)
    assert isinstance(found, Account), found
    return found


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({}, LoginRefusal.UNVERIFIED),
        (facts(None), LoginRefusal.UNVERIFIED),
        (facts("ann"), LoginRefusal.FOREIGN),
        (facts("@example.org"), LoginRefusal.FOREIGN),
        (facts("ann@example.com"), LoginRefusal.FOREIGN),
        (facts("ann@sub.example.org"), LoginRefusal.FOREIGN),
        (facts("ann@example.org.evil.example"), LoginRefusal.FOREIGN),
        (facts("ann@example.org@evil.example"), LoginRefusal.FOREIGN),
        (facts("\u212aate@example.org"), LoginRefusal.FOREIGN),
        (facts("kate@\u0435xample.org"), LoginRefusal.FOREIGN),
        (facts('a"b@example.org'), LoginRefusal.UNNAMEABLE),
        (facts("a" * 60 + "@example.org"), LoginRefusal.UNNAMEABLE),
        (facts(EVE, None), LoginRefusal.UNIDENTIFIED),
        (facts(EVE, ""), LoginRefusal.UNIDENTIFIED),
        (facts(EVE, True), LoginRefusal.UNIDENTIFIED),
        (facts(EVE, ["s-1"]), LoginRefusal.UNIDENTIFIED),
        (facts(EVE, "s\n1"), LoginRefusal.UNIDENTIFIED),
        (facts(EVE, "s" * (MOST_SUBJECT + 1)), LoginRefusal.UNIDENTIFIED),
        ({"login": EVE, "email_verified": True}, LoginRefusal.UNVERIFIED),
        ({"preferred_username": EVE, "email_verified": True}, LoginRefusal.UNVERIFIED),
        ({"userPrincipalName": EVE}, LoginRefusal.UNVERIFIED),
        ({"emails": [{"email": EVE, "primary": True, "verified": True}]}, LoginRefusal.UNVERIFIED),
    ],
)
def test_a_stranger_does_not_come_in(told: dict[str, Any], why: LoginRefusal) -> None:
    """Only a verified ASCII mail address of exactly one of the domains, of somebody with a subject, opens."""
    assert said("house", told) is why


@pytest.mark.parametrize("verified", [None, False, "false", "yes", 0, 1, [], {}])
def test_the_mail_of_an_account_opens_nothing_unverified(verified: object) -> None:
    """Who registers the mail of an account at the provider, and cannot confirm it, does not become it."""
    for told in (
        {"sub": "s", "email": ADA, "email_verified": verified},
        {"sub": "s", "email": ADA, "verified_email": verified},
        {"sub": "s", "email": ADA},
    ):
        assert said("house", told) is LoginRefusal.UNVERIFIED


@pytest.mark.parametrize(
    ("provider", "told", "subject"),
    [
        ("google", {"id": "77", "email": EVE, "verified_email": True}, "77"),
        ("aws-cognito", {"sub": "c-1", "email": EVE, "email_verified": "true"}, "c-1"),
        ("azure-ad", {"id": "a-1", "mail": ADA, "userPrincipalName": EVE}, "a-1"),
        (
            "github",
            {
                "id": 583_231,
                "email": ADA,
                "emails": [
                    {"email": ADA, "primary": False, "verified": True},
                    {"email": EVE, "primary": True, "verified": True},
                ],
            },
            "583231",
        ),
    ],
)
def test_each_provider_is_believed_about_what_it_proved(
    provider: str, told: dict[str, Any], subject: str
) -> None:
    """The mail is taken from where that provider proves it, not from where a person may write another."""
    assert said(provider, told) == person(EVE, subject)


def test_an_unverified_mail_at_github_is_none() -> None:
    """The primary address counts, and only confirmed."""
    told = {"id": 1, "emails": [{"email": EVE, "primary": True, "verified": False}, "junk"]}
    assert said("github", told) is LoginRefusal.UNVERIFIED


def test_a_plus_in_a_mail_address_is_part_of_a_name() -> None:
    """Who writes a tag into the address comes in under it."""
    assert said("house", facts("Eve+attest@Example.org")) == person("eve+attest@example.org", "s-1")


async def test_who_comes_by_oauth_is_what_the_setting_says(there: Known) -> None:
    """A person without an account gets one with the role of the setting; ada keeps her own."""
    eve = await admitted(there, person(EVE, "s-eve"))
    assert (eve.name, eve.role) == (EVE, Role.ANALYST)
    ada = await admitted(there, person(ADA, "s-ada"))
    assert (ada.name, ada.role) == (ADA, Role.ADMIN)
    lowered = Identities(
        there.database, ServerSettings(oauth_domains=("example.org",), oauth_role=Role.VIEWER)
    )
    again = await lowered.admit(person(EVE, "s-eve"))
    assert isinstance(again, Account)
    assert (again.id, again.role) == (eve.id, Role.VIEWER)


async def test_an_account_is_the_person_s_who_came_first_with_its_mail(there: Known) -> None:
    """Whoever later brings the same mail, at this or another provider, gets nothing; the first comes in."""
    first = await admitted(there, person(ADA, "s-ada"))
    for other in (person(ADA, "s-mallory"), person(ADA, "s-ada", issuer="another house")):
        assert await there.identities.admit(other) is LoginRefusal.TAKEN
    assert await admitted(there, person(ADA, "s-ada")) == first
    assert await admitted(there, person("ada.married@example.org", "s-ada")) == first


async def test_an_operator_gives_an_account_to_another_person(there: Known) -> None:
    """`unlink` lets the next who brings the mail have it, and ends the sessions of whoever had it."""
    first = await admitted(there, person(ADA, "s-ada"))
    session = await there.sessions.begin(first, "house")
    assert there.accounts.unlink(ADA)
    assert await there.sessions.account(session) is None
    assert (await admitted(there, person(ADA, "s-new"))).id == first.id
    assert await there.identities.admit(person(ADA, "s-ada")) is LoginRefusal.TAKEN


async def test_who_was_removed_comes_back_as_somebody_new(there: Known) -> None:
    """The account of a person is removed: at the next login they have another, with nothing of the first."""
    first = await admitted(there, person(EVE, "s-eve"))
    there.accounts.remove(EVE)
    again = await admitted(there, person(EVE, "s-eve"))
    assert again.name == EVE
    assert again.id != first.id


@given(st.dictionaries(st.sampled_from(["email", "mail", "upn", "sub", "id"]), st.text() | st.none()))
def test_without_domains_nobody_comes_by_oauth(told: dict[str, Any]) -> None:
    """The default lets nobody in."""
    found = said("house", {**told, "email_verified": True}, ServerSettings())
    assert isinstance(found, LoginRefusal)


async def test_a_session_lasts_as_long_as_what_began_it(there: Known) -> None:
    """One by password needs passwords; one by a provider needs that provider, and the domain let in."""
    ada = await admitted(there, person(ADA, "s-ada"))
    by_password = await there.sessions.begin(ada)
    by_provider = await there.sessions.begin(ada, "house")

    async def stand(server_settings: ServerSettings, *issuers: str) -> list[bool]:
        sessions = Sessions(there.database, server_settings, issuers)
        return [bool(await sessions.account(each)) for each in (by_password, by_provider)]

    alone = ServerSettings(oauth_domains=("example.org",), password_login=False)
    assert await stand(DOORS, "house") == [True, True]
    assert await stand(alone, "house") == [False, True]
    assert await stand(ServerSettings(), "house") == [True, False]
    assert await stand(DOORS, "another house") == [True, False]
    there.accounts.remove(ADA)
    assert await stand(DOORS, "house") == [False, False]


@pytest.mark.parametrize(
    "slip", ["@example.org", "*.example.org", "https://example.org", "a b", "\u212aelvin.example"]
)
def test_a_domain_that_can_be_none_is_refused(slip: str) -> None:
    """A slip is said at the start, where it would let nobody in without a word, or somebody else."""
    values = {setting.name: setting.default for setting in SERVER_SETTINGS}
    with pytest.raises(Misconfigured, match="ATTEST_OAUTH_DOMAINS"):
        ServerSettings.read({**values, "ATTEST_OAUTH_DOMAINS": f"example.org,{slip}"})
