"""The login of the chat, with the settings of an operator."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import Misconfigured
from graph.people.identity_providers import problems
from tests.fakes.people import known
from tests.ui.chat.login.provider_settings import GENERIC, HYBRID, LET_IN, OKTA, settings
from ui.chat.login.chat_login import ChatLogin


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
        ChatLogin(made)
    assert str(refused.value) == problem
    assert not (tmp_path / "home").exists()


async def test_a_provider_that_is_not_offered_is_not_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Chainlit has the address of every provider it knows; only one that was set up lets people in."""
    monkeypatch.setenv("CHAINLIT_AUTH_SECRET", "of one test, put back when it ends")
    made = settings(ATTEST_HOME=str(tmp_path), ATTEST_PASSWORD_LOGIN="no", **OKTA, **LET_IN)  # noqa: S106
    login = ChatLogin(made)
    facts = {"sub": "s-1", "email": "eve@example.org", "email_verified": True}
    assert await login.log_in_by_provider("okta", facts)
    assert await login.log_in_by_provider("auth0", facts) is None
    assert await login.log_in_by_provider("okta", {**facts, "email_verified": False}) is None
    await login.people.close()
    assert capsys.readouterr().err == (
        "login by okta refused: the provider does not say that it verified the mail address\n"
    )
    with known(tmp_path) as there:
        assert [each.account.name for each in there.accounts.listed()] == ["eve@example.org"]
