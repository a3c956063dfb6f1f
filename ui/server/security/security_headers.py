"""Set the security headers of an answer."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.types import Message, Scope

from graph.people.login_rates import RateStatus

YEAR = 31_536_000

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
ANSWER: Mapping[str, str] = {
    **_ALWAYS,
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
}
"""For what is read by a program or by a script of our page."""

PART: Mapping[str, str] = {
    **_ALWAYS,
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-eval'; connect-src 'self'; object-src 'none'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
}
"""For scripts, styles and pictures of our page, which browsers keep; one of them runs as a worker."""

FILE: Mapping[str, str] = {
    **ANSWER,
    "X-Frame-Options": "SAMEORIGIN",
    "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'self'",
    "Cache-Control": "private, no-cache",
}
"""For what a person uploaded, which our page may show and which may do nothing."""


def add(scope: Scope, message: Message, wanted: Mapping[str, str], *, secure: bool) -> None:
    """Add the headers that the route did not set itself."""
    headers = MutableHeaders(scope=message)
    for name, value in (*wanted.items(), *_rate(scope).items()):
        headers.setdefault(name, value)
    if secure:
        headers.setdefault("Strict-Transport-Security", f"max-age={YEAR}")
        message["headers"] = [_secured(header) for header in message["headers"]]


def _secured(header: tuple[bytes, bytes]) -> tuple[bytes, bytes]:
    """Mark a cookie as Secure."""
    name, value = header
    flags = [each.strip().lower() for each in value.split(b";")]
    if name.lower() != b"set-cookie" or b"secure" in flags:
        return header
    return name, value + b"; Secure"


def _rate(scope: Scope) -> Mapping[str, str]:
    rate: RateStatus | None = scope["state"].get("rate")
    if rate is None:
        return {}
    return {
        "RateLimit-Policy": f"{rate.limit};w={rate.window}",
        "RateLimit-Limit": str(rate.limit),
        "RateLimit-Remaining": str(rate.remaining),
        "RateLimit-Reset": str(rate.reset),
    }
