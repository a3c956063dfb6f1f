"""Check requests to LangGraph's server: origin, host name, token, content type."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from graph.config.settings import Settings, own_environment
from ui.studio.studio_token import TOKEN, is_sent
from ui.terminal.streams import tell

HOSTS = ("127.0.0.1", "localhost", "[::1]")
CLOSED = ("/deploy", "/internal")
"""What LangGraph's server can besides: it starts programs, and empties its store."""
_OPEN = "/ok"
_INSIDE = "/noauth"
_TOKEN = "the token is missing or not of this start: use the address that `attest studio` shows"  # noqa: S105


class StudioMiddleware:
    """Pass on requests that have the token, in a header or first in the path, and come from our page."""

    def __init__(self, app: ASGIApp, page: str) -> None:
        self._app = app
        self._page = page.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass on."""
        # LangGraph's own calls in this process come by a root that no request can name.
        if scope["type"] in {"http", "websocket"} and not scope.get("root_path", "").startswith(_INSIDE):
            scope = _opened(scope)
            if refusal := self._refusal(scope):
                status, detail = refusal
                await JSONResponse({"detail": detail}, status_code=status)(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _refusal(self, scope: Scope) -> tuple[HTTPStatus, str] | None:
        """Say why a request does not come in, or None."""
        headers, method = dict(scope["headers"]), scope.get("method", "GET")
        if headers.get(b"origin", self._page) != self._page:
            return HTTPStatus.FORBIDDEN, f"only {self._page.decode()} may use this server from a browser"
        if method == "OPTIONS" or (method == "GET" and scope["path"] == _OPEN):
            return None
        if not is_sent(scope["headers"]):
            return HTTPStatus.UNAUTHORIZED, _TOKEN
        if scope["path"].startswith(CLOSED):
            return HTTPStatus.NOT_FOUND, "this is closed here"
        if _has_body(headers) and not _is_json(headers):
            return HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "send JSON, as Content-Type: application/json"
        return None


def _opened(scope: Scope) -> Scope:
    """Move a token from the path into a header, so that logs and routes do not see it."""
    first, _, rest = scope["path"][1:].partition("/")
    if first != TOKEN:
        return scope
    path = f"/{rest}"
    kept = [(name, value) for name, value in scope["headers"] if name != b"authorization"]
    headers = [*kept, (b"authorization", f"Bearer {TOKEN}".encode())]
    raw = scope.get("raw_path", path.encode())[len(TOKEN) + 1 :] or b"/"
    return {**scope, "path": path, "raw_path": raw, "headers": headers}


def _has_body(headers: dict[bytes, bytes]) -> bool:
    return b"transfer-encoding" in headers or headers.get(b"content-length", b"0") != b"0"


def _is_json(headers: dict[bytes, bytes]) -> bool:
    return headers.get(b"content-type", b"").partition(b";")[0].strip().lower() == b"application/json"


def _app(page: str, server: str) -> Starlette:
    @asynccontextmanager
    async def shown(_: Starlette) -> AsyncIterator[None]:
        tell(f"Studio: {page}/studio/?baseUrl={server}/{TOKEN}")
        yield

    hosts = Middleware(TrustedHostMiddleware, allowed_hosts=HOSTS, www_redirect=False)
    return Starlette(middleware=[hosts, Middleware(StudioMiddleware, page=page)], lifespan=shown)


app = _app(Settings.from_environment().studio_url, own_environment().get("LANGGRAPH_API_URL", ""))
