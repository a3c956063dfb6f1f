"""Say from where a request came, and believe only the proxies an operator named: this alone decides it."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from starlette.requests import HTTPConnection

from graph.errors import Misconfigured

Networks = tuple[IPv4Network | IPv6Network, ...]

_FORWARDED = ("x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "forwarded", "x-real-ip", "via")
_SECURE = frozenset({"https", "wss"})


def networks(named: Sequence[str]) -> Networks:
    """Read the setting; raise Misconfigured for what is neither an address nor a network."""
    try:
        return tuple(ip_network(each, strict=False) for each in named)
    except ValueError:
        raise Misconfigured(
            "ATTEST_TRUSTED_PROXIES holds what is no address: write 127.0.0.1 or 10.0.0.0/8, with commas"
        ) from None


def is_proxied(request: HTTPConnection, proxies: Networks) -> bool:
    """Tell whether a proxy that the operator named passes a request on: what it says of it counts."""
    return _is_within(request.client.host if request.client else "", proxies)


def address_of(request: HTTPConnection, proxies: Networks) -> str:
    """Return the nearest address that is no trusted proxy's; each proxy adds the one it heard from last."""
    peer = request.client.host if request.client else ""
    told = ",".join(request.headers.getlist("x-forwarded-for")).split(",")
    for address in (peer, *(each.strip() for each in reversed(told))):
        if not _is_within(address, proxies):
            return address or peer
    return peer


def host_of(request: HTTPConnection, proxies: Networks) -> str:
    """Return the host and port the browser asked for: a trusted proxy's word, or the request's own.

    A proxy that passes on what another proxy said is nearest, so the last one named counts.
    """
    own = request.headers.get("host", "")
    return _last(request, "x-forwarded-host") or own if is_proxied(request, proxies) else own


def is_secure(request: HTTPConnection, proxies: Networks) -> bool:
    """Tell whether the browser came by HTTPS: here, or to a trusted proxy that says so."""
    told = _last(request, "x-forwarded-proto") if is_proxied(request, proxies) else ""
    return (told.lower() or request.scope.get("scheme", "http")) in _SECURE


def is_local(request: HTTPConnection, proxies: Networks = ()) -> bool:
    """Tell whether a process of this machine asks, and not for somebody else.

    Whoever passes a request on from this machine is a proxy: one that is named is not this machine asking,
    and one that is not gives itself away by what it adds.
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
