"""Say from where a request came, and believe only the proxies an operator named."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from starlette.requests import HTTPConnection

from graph.errors import Misconfigured

Networks = tuple[IPv4Network | IPv6Network, ...]

_FORWARDED = ("x-forwarded-for", "forwarded", "x-real-ip")


def networks(named: Sequence[str]) -> Networks:
    """Read the setting; raise Misconfigured for what is neither an address nor a network."""
    try:
        return tuple(ip_network(each, strict=False) for each in named)
    except ValueError:
        raise Misconfigured(
            "ATTEST_TRUSTED_PROXIES holds what is no address: write 127.0.0.1 or 10.0.0.0/8, with commas"
        ) from None


def address_of(request: HTTPConnection, proxies: Networks) -> str:
    """Return the nearest address that is no trusted proxy's; each proxy adds the one it heard from last."""
    peer = request.client.host if request.client else ""
    told = ",".join(request.headers.getlist("x-forwarded-for")).split(",")
    for address in (peer, *(each.strip() for each in reversed(told))):
        if not _is_within(address, proxies):
            return address or peer
    return peer


def is_local(request: HTTPConnection) -> bool:
    """Tell whether a process of this machine asks, and not for somebody else."""
    peer = _read(request.client.host if request.client else "")
    proxied = any(name in request.headers for name in _FORWARDED)
    return peer is not None and peer.is_loopback and not proxied


def _is_within(address: str, proxies: Networks) -> bool:
    read = _read(address)
    return read is not None and any(read in network for network in proxies)


def _read(address: str) -> IPv4Address | IPv6Address | None:
    try:
        read = ip_address(address)
    except ValueError:
        return None
    return (read.ipv4_mapped or read) if isinstance(read, IPv6Address) else read
