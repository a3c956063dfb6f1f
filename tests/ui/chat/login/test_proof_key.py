"""Every provider of Chainlit is sent the proof of PKCE, with the code and with nothing else."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest
from chainlit import oauth_providers

from ui.chat.login.proof_key import challenge, install_pkce, sending_verifier


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[httpx.Request]:
    """Answer every request of a provider on the spot, and note it."""
    requests: list[httpx.Request] = []

    async def answer(_: object, request: httpx.Request, **__: Any) -> httpx.Response:  # noqa: ANN401  # as httpx
        requests.append(request)
        told = "access_token=t" if "github" in str(request.url) else '{"access_token": "t"}'
        return httpx.Response(200, text=told, request=request)

    monkeypatch.setattr(oauth_providers, "httpx", httpx)
    monkeypatch.setattr(httpx.AsyncClient, "send", answer)
    install_pkce()
    return requests


@pytest.mark.parametrize("provider", oauth_providers.providers, ids=lambda each: each.id)
async def test_the_secret_goes_with_the_code(
    sent: list[httpx.Request], monkeypatch: pytest.MonkeyPatch, provider: oauth_providers.OAuthProvider
) -> None:
    """Inside `sending_verifier` the exchange of a code carries the secret; outside, no exchange does."""
    for name in ("base_url", "token_url", "domain"):
        if isinstance(getattr(provider, name, ""), str | None):
            address = "https://github.example" if provider.id == "github" else "https://provider.example"
            monkeypatch.setattr(provider, name, address, raising=False)
    with sending_verifier("the secret"):
        await provider.get_token("the code", "https://attest.example/callback")
    await provider.get_token("the code", "https://attest.example/callback")
    first, second = (parse_qs(request.content.decode()) for request in sent)
    assert first.pop("code_verifier") == ["the secret"]
    assert first == second
    assert first["code"] == ["the code"]


async def test_logins_at_the_same_time_do_not_mix(sent: list[httpx.Request]) -> None:
    """Each exchange carries the secret of its own login."""
    provider = next(each for each in oauth_providers.providers if each.id == "google")

    async def ended(number: int) -> None:
        with sending_verifier(f"secret {number}"):
            await asyncio.sleep(0)
            await provider.get_token(f"code {number}", "https://attest.example/callback")

    await asyncio.gather(*map(ended, range(5)))
    for request in sent:
        asked = parse_qs(request.content.decode())
        assert asked["code_verifier"][0].removeprefix("secret ") == asked["code"][0].removeprefix("code ")


def test_the_challenge_is_that_of_the_standard() -> None:
    """The example of RFC 7636, appendix B."""
    assert challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk") == {
        "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
        "code_challenge_method": "S256",
    }
