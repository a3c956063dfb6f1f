"""Tell browsers to do nothing with an answer but show it, and callers how often they may come."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.people.rates import Visit

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Armour:
    """Add the headers that a route did not set itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def armoured(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in (HEADERS | _rate(scope)).items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, armoured)


def _rate(scope: Scope) -> dict[str, str]:
    visit: Visit | None = scope.get("state", {}).get("visit")
    if visit is None:
        return {}
    return {
        "RateLimit-Policy": f"{visit.limit};w={visit.window}",
        "RateLimit-Limit": str(visit.limit),
        "RateLimit-Remaining": str(visit.remaining),
        "RateLimit-Reset": str(visit.reset),
    }
