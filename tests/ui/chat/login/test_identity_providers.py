"""The providers that an operator can set up, which are those of Chainlit."""

from __future__ import annotations

import pytest
from chainlit.oauth_providers import providers

from graph.people.identity_providers import (
    NEEDED,
    advice,
    canonical,
    issuers,
    offered,
    problems,
    variables,
    ways_in,
)
from tests.ui.chat.login.provider_settings import GENERIC, LET_IN, OKTA, settings


def test_the_variables_are_those_that_chainlit_reads() -> None:
    """A provider that a release of Chainlit adds, or changes, is missed here first."""
    assert {each.id: each.env for each in providers} == {name: variables(name) for name in NEEDED}


@pytest.mark.parametrize(
    "values",
    [
        {},
        {**OKTA, **LET_IN},
        {**OKTA, **LET_IN, "ATTEST_PASSWORD_LOGIN": "no", "CHAINLIT_URL": "https://attest.example.org/chat/"},
    ],
)
def test_what_is_whole_is_left_in_peace(values: dict[str, str]) -> None:
    """Nothing is said of passwords alone, of both, and of a provider alone."""
    assert not [*problems(settings(**values)), *advice(settings(**values))]


def test_what_is_likely_wrong_is_said() -> None:
    """Domains without a provider, and roles that are too high."""
    for said, values in {
        "no provider is": LET_IN,
        "is an administrator": {**OKTA, **LET_IN, "ATTEST_OAUTH_ROLE": "admin"},
    }.items():
        (doubt,) = advice(settings(**values))
        assert said in doubt


def test_a_provider_that_moves_is_another() -> None:
    """Whose word it is hangs on the address that is asked: a subject there is not the same subject here."""
    here, there = ({**OKTA, **LET_IN, "OAUTH_OKTA_DOMAIN": domain} for domain in ("a.example", "b.example"))
    assert issuers(here) == {"okta": "okta a.example"}
    assert issuers(here) != issuers(there)
    named = {**GENERIC, **LET_IN, "OAUTH_GENERIC_NAME": "house", "OAUTH_GENERIC_USER_INFO_URL": "https://a"}
    assert issuers(named) == {"house": "generic https://a"}
    assert canonical("house", named) == "generic"


def test_the_address_to_register_is_told() -> None:
    """An operator reads what the provider must be told, with the name the page gives it."""
    named = {"OAUTH_GENERIC_NAME": "house", "OAUTH_OKTA_NAME": "which Chainlit does not read"}
    made = settings(**{**GENERIC, **named, **LET_IN, "CHAINLIT_URL": "https://a.example/"})
    assert offered(made.values) == ["house"]
    assert ways_in(made).endswith("house, which sends back to https://a.example/auth/oauth/house/callback")
    assert ways_in(made).startswith("name and password; ")
