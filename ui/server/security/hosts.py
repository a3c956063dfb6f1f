"""Check the Host header against the names of this server."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from guards.visible_text import one_line
from ui.server.web.client_address import Networks, host_of, is_secure
from ui.server.web.problems import Problem

_HOST = re.compile(r"(?:\[(?P<six>[0-9a-f:.]+)\]|(?P<name>[a-z0-9._-]+))(?::[0-9]{1,5})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hosts:
    """Hold the names of the server: loopback and the address of the connection are always among them."""

    listening: str = ""
    origin: str = ""
    proxies: Networks = ()

    def check(self, request: HTTPConnection) -> str:
        """Return the requested host in lower case; raises Problem 421 for a foreign one."""
        is_one = len(request.headers.getlist("host")) == 1
        host = host_of(request, self.proxies).lower() if is_one else ""
        name = _name(host)
        local = (request.scope.get("server") or ("",))[0]
        if name and (is_loopback(name) or name in {self.listening, self._named, _plain(local)}):
            return host
        raise Problem(
            HTTPStatus.MISDIRECTED_REQUEST,
            f"this server does not go by the name {one_line(name or 'that was sent')!r}: open it by its own "
            "address, or have its operator set CHAINLIT_URL to the one people open",
        )

    def is_secure(self, request: HTTPConnection, host: str) -> bool:
        """Tell whether the browser came by HTTPS: by CHAINLIT_URL, or as a trusted proxy says."""
        by_url = self.origin.startswith("https:") and _name(host) == self._named
        return by_url or is_secure(request, self.proxies)

    def origins(self, host: str, *, secure: bool) -> frozenset[str]:
        """Return the origins of our own pages."""
        schemes = ("https",) if secure else ("http", "https")
        ours = {f"{scheme}://{_without_default(host, scheme)}" for scheme in schemes}
        return frozenset({*ours, *({self.origin} if self.origin else ())})

    @property
    def _named(self) -> str:
        return _name(urlsplit(self.origin).netloc)


def hosts(values: Mapping[str, str], listening: str, proxies: Networks) -> Hosts:
    """Return the names from the settings and the listening address."""
    url = urlsplit(values.get("CHAINLIT_URL", "").lower())
    origin = f"{url.scheme}://{_without_default(url.netloc, url.scheme)}" if url.netloc else ""
    return Hosts(listening=_plain(listening.lower()), origin=origin, proxies=proxies)


def _name(host: str) -> str:
    """Return the name in a Host header without its port; empty for an invalid one."""
    found = _HOST.fullmatch(host)
    return _plain(found["six"] or found["name"]) if found else ""


def _plain(name: str) -> str:
    """Return an address in canonical form, and a name unchanged."""
    try:
        return str(ip_address(name))
    except ValueError:
        return name


def is_loopback(name: str) -> bool:
    """Return whether a name is a loopback name."""
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return name == "localhost" or name.endswith(".localhost")


def _without_default(host: str, scheme: str) -> str:
    """Return a host as browsers write it: without the default port of the scheme."""
    return host.removesuffix(":443" if scheme == "https" else ":80")
