"""Tell which addresses are this machine's own, public ones included."""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address

from guards.urls.public_address import embedded


def is_own_address(address: str) -> bool:
    """Tell whether an interface of this machine has an address, or the IPv4 address inside it.

    The kernel is asked at each call, because addresses come and go: it lets a socket be bound to its own
    addresses alone. Raises ValueError for what is no address.
    """
    judged = ip_address(address)
    inner = embedded(judged) if isinstance(judged, IPv6Address) else None
    return _is_bound(judged) or (inner is not None and _is_bound(inner))


def _is_bound(address: IPv4Address | IPv6Address) -> bool:
    family = socket.AF_INET if isinstance(address, IPv4Address) else socket.AF_INET6
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.bind((str(address), 0))
    except OSError:
        return False
    return True
