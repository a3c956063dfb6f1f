"""Tell on the page why a person whom a provider knows was not let in."""

from __future__ import annotations

from contextvars import ContextVar
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.server.people.oauth import LoginRefusal

_FAILED = b"error=oauthSignin"
_WORDS = {
    LoginRefusal.UNVERIFIED: b"error=oauthCreateAccount",
    LoginRefusal.FOREIGN: b"error=oauthCallback",
    LoginRefusal.UNNAMEABLE: b"error=oauthCallback",
    LoginRefusal.UNIDENTIFIED: b"error=oauthCallback",
    LoginRefusal.TAKEN: b"error=oauthAccountNotLinked",
}
"""The words of the login page for each; in languages we did not write they say to use another account."""

_WHY: ContextVar[list[LoginRefusal] | None] = ContextVar("attest_turned_away", default=None)


def turn_away(why: LoginRefusal) -> None:
    """Note why the request that is answered now lets nobody in."""
    if (noted := _WHY.get()) is not None:
        noted.append(why)


class Told:
    """Put the reason into the address to which Chainlit sends whoever was not let in.

    That address is made relative: behind a proxy Chainlit does not know by which scheme the browser came.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and what is sent back."""
        if scope["type"] != "http" or "/auth/oauth/" not in scope["path"]:
            await self._app(scope, receive, send)
            return
        noted: list[LoginRefusal] = []
        _WHY.set(noted)

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [_told(header, noted) for header in message["headers"]]
            await send(message)

        await self._app(scope, receive, told)


def _told(header: tuple[bytes, bytes], noted: list[LoginRefusal]) -> tuple[bytes, bytes]:
    name, value = header
    if name.lower() != b"location" or not value.endswith(_FAILED):
        return header
    parts = urlsplit(value)
    return name, parts.path + b"?" + (_WORDS[noted[-1]] if noted else _FAILED)
