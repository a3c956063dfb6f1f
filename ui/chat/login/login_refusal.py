"""Show on the login page why a person of a provider was not let in."""

from __future__ import annotations

from contextvars import ContextVar
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph.people.oauth import LoginRefusal

_FAILED = b"error=oauthSignin"
_WORDS = {
    LoginRefusal.UNVERIFIED: b"error=oauthCreateAccount",
    LoginRefusal.FOREIGN: b"error=oauthCallback",
    LoginRefusal.UNNAMEABLE: b"error=oauthCallback",
    LoginRefusal.UNIDENTIFIED: b"error=oauthCallback",
    LoginRefusal.TAKEN: b"error=oauthAccountNotLinked",
}
"""The error that the login page shows for each reason; in Chainlit's translations: use another account."""

_REASONS: ContextVar[list[LoginRefusal] | None] = ContextVar("attest_turned_away", default=None)


def note_refusal(why: LoginRefusal) -> None:
    """Note why the current request lets nobody in."""
    if (noted := _REASONS.get()) is not None:
        noted.append(why)


class LoginRefusalMiddleware:
    """Put the reason into the address of the login page to which Chainlit redirects a refused person.

    The address is made relative: behind a proxy Chainlit does not know the scheme of the browser.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and change the redirect in the response."""
        if scope["type"] != "http" or "/auth/oauth/" not in scope["path"]:
            await self._app(scope, receive, send)
            return
        noted: list[LoginRefusal] = []
        _REASONS.set(noted)

        async def send_changed(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [_with_reason(header, noted) for header in message["headers"]]
            await send(message)

        await self._app(scope, receive, send_changed)


def _with_reason(header: tuple[bytes, bytes], noted: list[LoginRefusal]) -> tuple[bytes, bytes]:
    name, value = header
    if name.lower() != b"location" or not value.endswith(_FAILED):
        return header
    parts = urlsplit(value)
    return name, parts.path + b"?" + (_WORDS[noted[-1]] if noted else _FAILED)
