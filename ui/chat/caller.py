"""Know from which address a request came, where Chainlit does not pass it on."""

from __future__ import annotations

from contextvars import ContextVar

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.web.addresses import Networks, address_of

_ADDRESS: ContextVar[str] = ContextVar("attest_address", default="")


class Caller:
    """Note the address of each request for whatever answers it; only these proxies are believed."""

    def __init__(self, app: ASGIApp, proxies: Networks) -> None:
        self._app = app
        self._proxies = proxies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] == "http":
            _ADDRESS.set(address_of(HTTPConnection(scope), self._proxies))
        await self._app(scope, receive, send)


def address() -> str:
    """Return the address of the request that is answered now; empty when there is none."""
    return _ADDRESS.get()
