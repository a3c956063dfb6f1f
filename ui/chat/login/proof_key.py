"""Prove with PKCE (RFC 7636) that a login ends where it began: Chainlit's providers do not use it."""

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


class _PkceClient(httpx.AsyncClient):
    """Add the verifier to the request that exchanges a code for a token."""

    async def post(self, url: httpx.URL | str, **given: Any) -> httpx.Response:  # noqa: ANN401  # as httpx
        if verifier := _VERIFIER.get():
            given["data"] = {**given["data"], "code_verifier": verifier}
        return await super().post(url, **given)


def install_pkce() -> None:
    """Make every provider of Chainlit send the verifier: each makes an HTTP client of its own."""
    vars(oauth_providers)["httpx"] = SimpleNamespace(AsyncClient=_PkceClient)


@contextmanager
def sending_verifier(verifier: str) -> Iterator[None]:
    """Send this verifier with the code that is exchanged inside."""
    token = _VERIFIER.set(verifier)
    try:
        yield
    finally:
        _VERIFIER.reset(token)


def challenge(verifier: str) -> dict[str, str]:
    """Return the parameters that begin a login: a hash of the verifier, which does not reveal it."""
    digest = hashlib.sha256(verifier.encode()).digest()
    shown = base64.urlsafe_b64encode(digest).decode().rstrip("=")
    return {"code_challenge": shown, "code_challenge_method": "S256"}
