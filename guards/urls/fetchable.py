"""May this URL be fetched? Ask before the look-up, and again for each address the name resolves to."""

from __future__ import annotations

from collections.abc import Collection
from ipaddress import ip_address

from graph.records import Decision
from guards.urls.public_address import public
from guards.urls.public_name import inside
from guards.urls.url_host import Host, Unreadable, read, read_authority

PORTS = frozenset({80, 443, 8080, 8443})
LONGEST_URL = 2000
_ALLOWED = Decision(allowed=True)
_OPEN = "an operator can open a private host by name"


def is_url_allowed(url: str, private_hosts: Collection[str] = ()) -> Decision:
    """Allow http and https to a public host on port 80, 443, 8080 or 8443, written in one way only.

    `private_hosts` holds `host` (opens all its ports) or `host:port`; syntax is not forgiven to them.
    A name that is allowed may still stand for a private address: ask `is_address_allowed` of each.
    """
    if len(url) > LONGEST_URL:
        return Decision(allowed=False, reason=f"the address has more than {LONGEST_URL:,} characters")
    try:
        host = read(url)
    except Unreadable as error:
        return Decision(allowed=False, reason=f"the address {error}")
    if _opened(host, private_hosts):
        return _ALLOWED
    reason = _private(host)
    return Decision(allowed=False, reason=f"{host.name} {reason}") if reason else _ALLOWED


def is_address_allowed(address: str) -> Decision:
    """Allow an IPv4 or IPv6 address of the public Internet, and nothing else."""
    try:
        allowed = public(ip_address(address))
    except ValueError:
        return Decision(allowed=False, reason=f"{address!r} is no address")
    return _ALLOWED if allowed else Decision(allowed=False, reason=f"{address} is not public: {_OPEN}")


def is_host_opened(host: str, port: int, private_hosts: Collection[str]) -> bool:
    """Tell whether the operator opened this very host, so that its private addresses may be reached too."""
    try:
        return _opened(read_authority(f"[{host}]" if ":" in host else host, port), private_hosts)
    except Unreadable:
        return False


def host_of(url: str) -> str:
    """Return the host of an address as DNS is asked for it, empty when it has none that is beyond doubt."""
    try:
        return read(url).name
    except Unreadable:
        return ""


def _private(host: Host) -> str:
    """Say why a host is not public; nothing if it is."""
    if host.address is not None:
        reason = "" if public(host.address) else "is not a public address"
    else:
        reason = inside(host.name)
    if reason:
        return f"{reason}: {_OPEN}"
    return "" if host.port in PORTS else f"is asked on port {host.port}, which is not one of the web"


def _opened(host: Host, private_hosts: Collection[str]) -> bool:
    return any(_names(entry, host) for entry in private_hosts)


def _names(entry: str, host: Host) -> bool:
    """Tell whether an entry of the operator's list means a host; a bare IPv6 address needs no brackets."""
    try:
        entered = read_authority(
            f"[{entry}]" if entry.count(":") > 1 and "[" not in entry else entry, host.port
        )
    except Unreadable:
        return False
    return (entered.name, entered.port) == (host.name, host.port)
