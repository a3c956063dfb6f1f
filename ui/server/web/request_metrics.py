"""Measure every request by the path of its rule."""

from __future__ import annotations

import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.server.security.route_rules import Rule
from ui.server.web.metrics import OTHER, Meter

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Measured:
    """Tell the meter how long each answer took; an unknown path has no rule and counts as `other`."""

    def __init__(self, app: ASGIApp, meter: Meter) -> None:
        self.app = app
        self._meter = meter

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status, began = 500, time.perf_counter()

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, watched)
        finally:
            method = scope["method"] if scope["method"] in METHODS else OTHER
            self._meter.answered(method, _template(scope), status, time.perf_counter() - began)


def _template(scope: Scope) -> str:
    rule: Rule | None = scope.get("state", {}).get("rule")
    return rule.path if rule else OTHER
