"""Take a login that is over out of each request: whatever answers it sees a stranger."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from chainlit.auth import cookie, get_token_from_cookies
from fastapi.security.utils import get_authorization_scheme_param
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.people.accounts import Account

Holder = Callable[[str], Awaitable[Account | None]]
"""Return the account a token of Chainlit's stands for now, if there is one."""

_OURS = ("/api", "/health", "/metrics", "/ready")
"""Paths that have bearer tokens of their own, and judge who sends one by that alone."""


class Gate:
    """Ask for each request whether its login still holds: Chainlit asks for its signature alone."""

    def __init__(self, app: ASGIApp, holder: Holder) -> None:
        self._app = app
        self._holder = holder

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, without a login that is over."""
        if scope["type"] in {"http", "websocket"}:
            scope = await self._checked(scope)
        await self._app(scope, receive, send)

    async def _checked(self, scope: Scope) -> Scope:
        request, headers = HTTPConnection(scope), scope["headers"]
        token = get_token_from_cookies(request.cookies)
        if token and not await self._holder(token):
            headers = [(n, _strangers(value) if n == b"cookie" else value) for n, value in headers]
        scheme, token = get_authorization_scheme_param(request.headers.get("authorization"))
        judged_here = scheme.lower() == "bearer" and not scope["path"].startswith(_OURS)
        if judged_here and not await self._holder(token):
            headers = [(name, value) for name, value in headers if name != b"authorization"]
        return {**scope, "headers": headers}


def _strangers(cookies: bytes) -> bytes:
    """Return cookies without those that hold the login; their name is an operator's to choose."""
    ours = cookie._auth_cookie_name.encode()  # noqa: SLF001  # nothing public says it
    return b";".join(each for each in cookies.split(b";") if not each.strip().startswith(ours))
