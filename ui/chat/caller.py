"""Know from which address a request came, where Chainlit does not pass it on."""

from __future__ import annotations

from contextvars import ContextVar

from starlette.types import ASGIApp, Receive, Scope, Send

_ADDRESS: ContextVar[str] = ContextVar("attest_address", default="")


class Caller:
    """Note the address of each request for whatever answers it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if client := scope.get("client"):
            _ADDRESS.set(str(client[0]))
        await self._app(scope, receive, send)


def address() -> str:
    """Return the address of the request that is answered now; empty when there is none."""
    return _ADDRESS.get()
