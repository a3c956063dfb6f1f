"""What is set by halves is said before anybody stands at the door."""

from __future__ import annotations

from pathlib import Path

import pytest
from chainlit.oauth_providers import providers

from graph.config.settings import Settings
from graph.errors import Misconfigured
from graph.stores.db.database import Database
from graph.stores.db.migrations import MIGRATIONS
from tests.fakes.people import known
from ui.chat.login.chat_login import ChatLogin
from ui.server.people.identity_providers import (
    NEEDED,
    advice,
    canonical,
    issuers,
    offered,
    problems,
    variables,
    ways_in,
)

OKTA = dict.fromkeys(variables("okta"), "x")
HYBRID = dict.fromkeys(variables("azure-ad-hybrid"), "x")
LET_IN = {"ATTEST_OAUTH_DOMAINS": "example.org", "CHAINLIT_URL": "https://attest.example.org"}
GENERIC = dict.fromkeys(variables("generic"), "x")


def settings(**values: str) -> Settings:
    return Settings.from_environment(values)


def test_the_variables_are_those_that_chainlit_reads() -> None:
    """A provider that a release of Chainlit adds, or changes, is missed here first."""
    assert {each.id: each.env for each in providers} == {name: variables(name) for name in NEEDED}


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"OAUTH_OKTA_CLIENT_ID": "x", **LET_IN}, "set OAUTH_OKTA_CLIENT_SECRET, OAUTH_OKTA_DOMAIN"),
        ({"OAUTH_GITHUB_CLIENT_ID": "x", **OKTA, **LET_IN}, "set OAUTH_GITHUB_CLIENT_SECRET, or none"),
        ({**OKTA, **LET_IN, "OAUTH_OKTA_DOMAIN": ""}, "set OAUTH_OKTA_DOMAIN"),
        (
            {**OKTA, **LET_IN, "ATTEST_OAUTH_DOMAINS": ""},
            "by okta: set ATTEST_OAUTH_DOMAINS",
        ),
        ({"ATTEST_PASSWORD_LOGIN": "no"}, "nobody can log in: set up a provider"),
        ({**OKTA, **LET_IN, "CHAINLIT_URL": "attest.example.org"}, "CHAINLIT_URL is no address"),
        ({**OKTA, **LET_IN, "CHAINLIT_URL": ""}, "okta must be told where to send people back"),
        ({**HYBRID, **LET_IN, "CHAINLIT_URL": "http://127.0.0.1:8000"}, "needs HTTPS"),
        ({**GENERIC, **LET_IN, "OAUTH_GENERIC_NAME": "github"}, "no other provider's name"),
        ({**GENERIC, **LET_IN, "OAUTH_GENERIC_NAME": "a/b"}, "choose letters, digits"),
    ],
)
def test_what_keeps_people_out_ends_the_start(tmp_path: Path, values: dict[str, str], said: str) -> None:
    """The line names what is missing and the way out, and nothing is made before it."""
    made = settings(ATTEST_HOME=str(tmp_path / "home"), **values)
    (problem,) = problems(made)
    assert said in problem
    with pytest.raises(Misconfigured) as refused:
        ChatLogin(made, Database(made.database, migrations=MIGRATIONS))
    assert str(refused.value) == problem
    assert not (tmp_path / "home").exists()


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


async def test_a_provider_that_is_not_offered_is_not_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Chainlit has the address of every provider it knows; only one that was set up lets people in."""
    monkeypatch.setenv("CHAINLIT_AUTH_SECRET", "of one test, put back when it ends")
    made = settings(ATTEST_HOME=str(tmp_path), ATTEST_PASSWORD_LOGIN="no", **OKTA, **LET_IN)  # noqa: S106
    database = Database(made.database, migrations=MIGRATIONS)
    door = ChatLogin(made, database)
    facts = {"sub": "s-1", "email": "eve@example.org", "email_verified": True}
    assert await door.log_in_by_provider("okta", facts)
    assert await door.log_in_by_provider("auth0", facts) is None
    assert await door.log_in_by_provider("okta", {**facts, "email_verified": False}) is None
    await database.close()
    assert capsys.readouterr().err == (
        "login by okta refused: the provider does not say that it verified the mail address\n"
    )
    with known(tmp_path) as there:
        assert [each.account.name for each in there.accounts.listed()] == ["eve@example.org"]
