"""Say which providers people can log in with, and what their settings lack; these are Chainlit's own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from graph.settings import Settings

_CLIENT = ("CLIENT_ID", "CLIENT_SECRET")
NEEDED: Mapping[str, tuple[str, ...]] = {
    "github": _CLIENT,
    "google": _CLIENT,
    "azure-ad": (*_CLIENT, "TENANT_ID"),
    "azure-ad-hybrid": (*_CLIENT, "TENANT_ID"),
    "okta": (*_CLIENT, "DOMAIN"),
    "auth0": (*_CLIENT, "DOMAIN"),
    "descope": _CLIENT,
    "aws-cognito": (*_CLIENT, "DOMAIN"),
    "gitlab": (*_CLIENT, "DOMAIN"),
    "keycloak": (*_CLIENT, "REALM", "BASE_URL"),
    "generic": (*_CLIENT, "AUTH_URL", "TOKEN_URL", "USER_INFO_URL", "SCOPES"),
}
"""What Chainlit wants of each provider, without the beginning of the variables."""

_NAMED = frozenset({"keycloak", "generic"})
"""Those an operator may give a name."""

_SHORT = {"aws-cognito": "COGNITO"}
_ADDRESS = re.compile(r"https?://[^/\s?#@]+(/[^\s?#]*)?")


def variables(provider: str) -> list[str]:
    """Return the variables that a provider needs."""
    short = _SHORT.get(provider, provider.upper().replace("-", "_"))
    return [f"OAUTH_{short}_{name}" for name in NEEDED[provider]]


def offered(values: Mapping[str, str]) -> list[str]:
    """Return the providers the page offers, by the names they have there."""
    return [
        values.get(f"OAUTH_{provider.upper()}_NAME", provider) if provider in _NAMED else provider
        for provider in NEEDED
        if all(values.get(name) for name in variables(provider))
    ]


def problems(settings: Settings) -> Iterator[str]:
    """Say what keeps people out, each in a line with the way out; a server does not start with any."""
    values, doors = settings.values, settings.doors
    yield from _incomplete(values)
    names = offered(values)
    if names and not doors.oauth_domains:
        yield (
            f"nobody may come in by {', '.join(names)}: "
            "set ATTEST_OAUTH_DOMAINS to the domains of their mail addresses"
        )
    if not names and not doors.password_login:
        yield "nobody can log in: set up a provider, or ATTEST_PASSWORD_LOGIN=yes"
    if (url := values.get("CHAINLIT_URL")) and not _ADDRESS.fullmatch(url):
        yield "CHAINLIT_URL is no address: write it as people open the chat, https://attest.example.org"


def advice(settings: Settings) -> Iterator[str]:
    """Say what is likely wrong, each in a line with the way out."""
    values, doors = settings.values, settings.doors
    names = offered(values)
    if names and doors.trusted_proxies and not values.get("CHAINLIT_URL"):
        yield (
            "behind a proxy a provider may send people back to a wrong address: "
            "set CHAINLIT_URL to the one they open, https://attest.example.org"
        )
    if doors.oauth_domains and not names:
        yield "ATTEST_OAUTH_DOMAINS is set and no provider is: set one up, or leave it empty"


def ways_in(settings: Settings) -> str:
    """Say how people log in, and what a provider must be told."""
    values, doors = settings.values, settings.doors
    chat = (values.get("CHAINLIT_URL") or "<address of the chat>").rstrip("/")
    ways = ["name and password"] if doors.password_login else []
    ways += [f"{name}, which sends back to {chat}/auth/oauth/{name}/callback" for name in offered(values)]
    return "; ".join(ways)


def _incomplete(values: Mapping[str, str]) -> Iterator[str]:
    for provider in NEEDED:
        wanted = variables(provider)
        missing = [name for name in wanted if not values.get(name)]
        if missing and len(missing) < len(wanted):
            yield f"the login with {provider} is half set up: set {', '.join(missing)}, or none of them"
