"""List the identity providers of Chainlit that are set up, and what their settings lack."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from graph.config.settings import Settings
from graph.options import Role

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
_PLAIN = re.compile(r"[A-Za-z0-9_-]{1,40}")
_OPENED = "set CHAINLIT_URL to the address people open, https://attest.example.org"


def variables(provider: str) -> list[str]:
    """Return the variables that a provider needs."""
    return [_variable(provider, name) for name in NEEDED[provider]]


def _variable(provider: str, name: str) -> str:
    short = _SHORT.get(provider, provider.upper().replace("-", "_"))
    return f"OAUTH_{short}_{name}"


def offered(values: Mapping[str, str]) -> list[str]:
    """Return the providers on the login page, by their name there."""
    return [
        values.get(f"OAUTH_{provider.upper()}_NAME", provider) if provider in _NAMED else provider
        for provider in NEEDED
        if all(values.get(name) for name in variables(provider))
    ]


_ISSUED_BY = {
    "okta": "DOMAIN",
    "auth0": "DOMAIN",
    "aws-cognito": "DOMAIN",
    "gitlab": "DOMAIN",
    "keycloak": "BASE_URL",
    "generic": "USER_INFO_URL",
}
"""The variable that says whose word it is; the others are one service for everybody."""


def canonical(offered_as: str, values: Mapping[str, str]) -> str:
    """Return the provider behind a name on the login page."""
    named = {values.get(f"OAUTH_{provider.upper()}_NAME"): provider for provider in _NAMED}
    return named.get(offered_as, offered_as)


def issuers(values: Mapping[str, str]) -> dict[str, str]:
    """Return the issuer of each provider on the login page, by its name there.

    A provider at another address is another issuer: it may give the same subjects to other people.
    """
    return {name: _issuer(canonical(name, values), values) for name in offered(values)}


def _issuer(provider: str, values: Mapping[str, str]) -> str:
    if provider.startswith("azure-ad"):
        return "azure-ad"  # both name people by the same ids
    if provider == "github":
        return f"github {values.get('OAUTH_GITHUB_USER_INFO_URL', '')}".strip()
    if provider not in _ISSUED_BY:
        return provider
    parts = [values[_variable(provider, _ISSUED_BY[provider])].rstrip("/")]
    parts += [values[_variable(provider, "REALM")]] if provider == "keycloak" else []
    return " ".join([provider, *parts])


def problems(settings: Settings) -> Iterator[str]:
    """Return the errors that keep people from logging in, a line each; a server does not start with any."""
    values, server_settings = settings.values, settings.server_settings
    yield from _incomplete(values)
    yield from _misnamed(values)
    names = offered(values)
    if names and not server_settings.oauth_domains:
        yield (
            f"nobody may come in by {', '.join(names)}: "
            "set ATTEST_OAUTH_DOMAINS to the domains of their mail addresses"
        )
    if not names and not server_settings.password_login:
        yield "nobody can log in: set up a provider, or ATTEST_PASSWORD_LOGIN=yes"
    url = values.get("CHAINLIT_URL")
    if names and not url:
        yield f"{', '.join(names)} must be told where to send people back: {_OPENED}"
    if url and not _ADDRESS.fullmatch(url):
        yield f"CHAINLIT_URL is no address: {_OPENED}"
    if url and "azure-ad-hybrid" in names and not url.startswith("https://"):
        yield "azure-ad-hybrid sends people back by a form, which needs HTTPS: write CHAINLIT_URL as https://…"


def advice(settings: Settings) -> Iterator[str]:
    """Return likely mistakes, a line each."""
    values, server_settings = settings.values, settings.server_settings
    names = offered(values)
    if server_settings.oauth_domains and not names:
        yield "ATTEST_OAUTH_DOMAINS is set and no provider is: set one up, or leave it empty"
    if names and server_settings.oauth_role is Role.ADMIN:
        yield "whoever comes in by a provider is an administrator: set ATTEST_OAUTH_ROLE to viewer or analyst"


def ways_in(settings: Settings) -> str:
    """Describe how people log in, and which callback address a provider needs."""
    values, server_settings = settings.values, settings.server_settings
    chat = (values.get("CHAINLIT_URL") or "<address of the chat>").rstrip("/")
    ways = ["name and password"] if server_settings.password_login else []
    ways += [f"{name}, which sends back to {chat}/auth/oauth/{name}/callback" for name in offered(values)]
    return "; ".join(ways)


def sent_back_to(settings: Settings, provider: str) -> str:
    """Return the callback address of a provider; no header of a request changes it."""
    return f"{settings.values['CHAINLIT_URL'].rstrip('/')}/auth/oauth/{provider}/callback"


def _misnamed(values: Mapping[str, str]) -> Iterator[str]:
    """Find a provider name of the operator that is in use or cannot be part of a URL."""
    for provider in sorted(_NAMED):
        name = values.get(variable := f"OAUTH_{provider.upper()}_NAME")
        if name and name != provider and (name in NEEDED or not _PLAIN.fullmatch(name)):
            yield f"{variable} is {name!r}: choose letters, digits, - and _, and no other provider's name"


def _incomplete(values: Mapping[str, str]) -> Iterator[str]:
    for provider in NEEDED:
        wanted = variables(provider)
        missing = [name for name in wanted if not values.get(name)]
        if missing and len(missing) < len(wanted):
            yield f"the login with {provider} is half set up: set {', '.join(missing)}, or none of them"
