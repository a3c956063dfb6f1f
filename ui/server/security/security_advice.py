"""Report settings that weaken the security of a server, a line each."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from graph.config.settings import Settings
from graph.errors import Misconfigured
from graph.people.login_rates import RequestRates
from ui.server.security.hosts import is_loopback
from ui.server.web.client_address import networks


def doubts(settings: Settings) -> Iterator[str]:
    """Yield the weaknesses."""
    url = urlsplit(settings.values.get("CHAINLIT_URL", ""))
    if url.scheme == "http" and not is_loopback(url.hostname or ""):
        yield "passwords and sessions go unencrypted: serve it by HTTPS, and write CHAINLIT_URL with https://"
    if settings.values.get("CHAINLIT_COOKIE_SAMESITE", "lax").lower() == "none":
        yield "browsers send the session from pages of others: remove CHAINLIT_COOKIE_SAMESITE"
    if any(network.prefixlen == 0 for network in networks(settings.server_settings.trusted_proxies)):
        yield "everybody is believed about an address: name your proxies alone in ATTEST_TRUSTED_PROXIES"


def problems(settings: Settings) -> Iterator[str]:
    """Yield the errors that keep a server from starting."""
    server_settings = settings.server_settings
    try:
        networks(server_settings.trusted_proxies)
        for rate in (server_settings.api_rate, server_settings.login_rate, server_settings.message_rate):
            RequestRates(rate, clock=lambda: 0.0)
    except Misconfigured as error:
        yield str(error)


def known_as(settings: Settings) -> str:
    """Describe the names of the server."""
    url = settings.values.get("CHAINLIT_URL")
    return f"open it at {url}, or on this machine" if url else "known by loopback and where it listens alone"
