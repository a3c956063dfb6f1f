"""Prove with PKCE (RFC 7636) that who ends a login began it: Chainlit's providers do not."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from types import SimpleNamespace
from typing import Any

import httpx
from chainlit import oauth_providers

_VERIFIER: ContextVar[str] = ContextVar("attest_verifier", default="")


class _Client(httpx.AsyncClient):
    """Add the secret to what is posted while a code is exchanged for a token."""

    async def post(self, url: httpx.URL | str, **given: Any) -> httpx.Response:  # noqa: ANN401  # as httpx
        if verifier := _VERIFIER.get():
            given["data"] = {**given["data"], "code_verifier": verifier}
        return await super().post(url, **given)


def prove() -> None:
    """Have every provider of Chainlit send the secret: each makes its own client, and takes none."""
    vars(oauth_providers)["httpx"] = SimpleNamespace(AsyncClient=_Client)


@contextmanager
def proving(verifier: str) -> Iterator[None]:
    """Send this secret with the code that is exchanged inside."""
    token = _VERIFIER.set(verifier)
    try:
        yield
    finally:
        _VERIFIER.reset(token)


def challenge(verifier: str) -> dict[str, str]:
    """Return what a provider is told when a login begins: it shows nothing of the secret."""
    digest = hashlib.sha256(verifier.encode()).digest()
    shown = base64.urlsafe_b64encode(digest).decode().rstrip("=")
    return {"code_challenge": shown, "code_challenge_method": "S256"}
