"""What is set by halves is said before anybody stands at the door."""

from __future__ import annotations

from pathlib import Path

import pytest
from chainlit.oauth_providers import providers

from graph.errors import Misconfigured
from graph.settings import Settings
from ui.chat.door import Door
from ui.people.identity_providers import NEEDED, advice, offered, problems, variables, ways_in

OKTA = dict.fromkeys(variables("okta"), "x")
LET_IN = {"ATTEST_OAUTH_DOMAINS": "example.org"}


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
        (OKTA, "nobody may come in by okta: set ATTEST_OAUTH_DOMAINS"),
        ({"ATTEST_PASSWORD_LOGIN": "no"}, "nobody can log in: set up a provider"),
        ({**OKTA, **LET_IN, "CHAINLIT_URL": "attest.example.org"}, "CHAINLIT_URL is no address"),
    ],
)
def test_what_keeps_people_out_ends_the_start(tmp_path: Path, values: dict[str, str], said: str) -> None:
    """The line names what is missing and the way out, and nothing is made before it."""
    made = settings(ATTEST_HOME=str(tmp_path / "home"), **values)
    (problem,) = problems(made)
    assert said in problem
    with pytest.raises(Misconfigured) as refused:
        Door(made)
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
    """A proxy and no address of the chat, and domains without a provider."""
    (doubt,) = advice(settings(**OKTA, **LET_IN, ATTEST_TRUSTED_PROXIES="127.0.0.1"))
    assert "set CHAINLIT_URL" in doubt
    (doubt,) = advice(settings(**LET_IN))
    assert "no provider is" in doubt


def test_the_address_to_register_is_told() -> None:
    """An operator reads what the provider must be told, with the name the page gives it."""
    generic = dict.fromkeys(variables("generic"), "x")
    named = {"OAUTH_GENERIC_NAME": "house", "OAUTH_OKTA_NAME": "which Chainlit does not read"}
    made = settings(**generic, **named, CHAINLIT_URL="https://a.example/", **LET_IN)
    assert offered(made.values) == ["house"]
    assert ways_in(made).endswith("house, which sends back to https://a.example/auth/oauth/house/callback")
    assert ways_in(made).startswith("name and password; ")


def test_a_provider_that_is_not_offered_is_not_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Chainlit has the address of every provider it knows; only one that was set up lets people in."""
    monkeypatch.setenv("CHAINLIT_AUTH_SECRET", "of one test, put back when it ends")
    made = settings(ATTEST_HOME=str(tmp_path), ATTEST_PASSWORD_LOGIN="no", **OKTA, **LET_IN)  # noqa: S106
    door, facts = Door(made), {"email": "eve@example.org", "email_verified": True}
    assert door.by_provider("okta", facts)
    assert door.by_provider("auth0", facts) is None
    assert door.by_provider("okta", {**facts, "email_verified": False}) is None
    assert capsys.readouterr().err == (
        "login by okta refused: the provider does not say that it verified the mail address\n"
    )
    assert not (tmp_path / "accounts.json").exists()
