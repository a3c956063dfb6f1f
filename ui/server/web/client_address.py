"""Find the client address of a request; only the proxies that the operator named are believed."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from starlette.requests import HTTPConnection

from graph.errors import Misconfigured

Networks = tuple[IPv4Network | IPv6Network, ...]

_FORWARDED = ("x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "forwarded", "x-real-ip", "via")
_SECURE = frozenset({"https", "wss"})


def networks(named: Sequence[str]) -> Networks:
    """Parse the setting; raise Misconfigured for a value that is neither an address nor a network."""
    try:
        return tuple(ip_network(each, strict=False) for each in named)
    except ValueError:
        raise Misconfigured(
            "ATTEST_TRUSTED_PROXIES holds what is no address: write 127.0.0.1 or 10.0.0.0/8, with commas"
        ) from None


def is_proxied(request: HTTPConnection, proxies: Networks) -> bool:
    """Return whether a trusted proxy passes a request on."""
    return _is_within(request.client.host if request.client else "", proxies)


def address_of(request: HTTPConnection, proxies: Networks) -> str:
    """Return the nearest address that is no trusted proxy; each proxy appends the address before it."""
    peer = request.client.host if request.client else ""
    told = ",".join(request.headers.getlist("x-forwarded-for")).split(",")
    for address in (peer, *(each.strip() for each in reversed(told))):
        if not _is_within(address, proxies):
            return address or peer
    return peer


def host_of(request: HTTPConnection, proxies: Networks) -> str:
    """Return the host and port that the browser asked for: from a trusted proxy, or from the request.

    The last value counts: it is that of the nearest proxy.
    """
    own = request.headers.get("host", "")
    return _last(request, "x-forwarded-host") or own if is_proxied(request, proxies) else own


def is_secure(request: HTTPConnection, proxies: Networks) -> bool:
    """Return whether the browser used HTTPS, to this server or to a trusted proxy."""
    told = _last(request, "x-forwarded-proto") if is_proxied(request, proxies) else ""
    return (told.lower() or request.scope.get("scheme", "http")) in _SECURE


def is_local(request: HTTPConnection, proxies: Networks = ()) -> bool:
    """Return whether a process of this machine asks for itself.

    A request from this machine may come through a proxy. A named proxy does not count as this machine;
    an unnamed one is recognised by the headers it adds.
    """
    peer = _read(request.client.host if request.client else "")
    passed_on = is_proxied(request, proxies) or any(name in request.headers for name in _FORWARDED)
    return peer is not None and peer.is_loopback and not passed_on


def _last(request: HTTPConnection, header: str) -> str:
    return ",".join(request.headers.getlist(header)).rpartition(",")[2].strip()


def _is_within(address: str, proxies: Networks) -> bool:
    read = _read(address)
    return read is not None and any(read in network for network in proxies)


def _read(address: str) -> IPv4Address | IPv6Address | None:
    try:
        read = ip_address(address)
    except ValueError:
        return None
    return (read.ipv4_mapped or read) if isinstance(read, IPv6Address) else read
