"""Which addresses are public? Those that no registry reserves, in whatever form they are written."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

Address = IPv4Address | IPv6Address

# IANA's special-purpose registry, plus multicast, the class E block and the relays of 6to4. It stands here
# because `ipaddress.is_global` calls multicast public and differs between Python's releases; it is asked too,
# for what a later release may know.
_NOT_PUBLIC_V4 = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
            "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
            "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        ),
    )
)  # fmt: skip
# Addresses of hosts are handed out of 2000::/3 and nowhere else (RFC 4291, 2.4): what is outside is loopback,
# link-local, unique-local, site-local, multicast, a discarded prefix or an IPv4 address in disguise.
_UNICAST = IPv6Network("2000::/3")
# Protocol assignments (Teredo, benchmarking, ORCHID and others), and both ranges kept for documents.
_NOT_PUBLIC_V6 = tuple(map(IPv6Network, ("2001::/23", "2001:db8::/32", "3fff::/20")))
_NAT64 = IPv6Network("64:ff9b::/96")
# Public numbers under which a cloud answers the machines it hosts, with their credentials or settings:
# Azure's platform service and the metadata service of Equinix Metal. Their neighbours belong to anybody.
_METADATA = frozenset(map(IPv4Address, ("168.63.129.16", "192.80.8.124")))


def public(address: Address) -> bool:
    """Tell whether an address is one of the public Internet; an IPv4 address inside decides for its host."""
    if isinstance(address, IPv4Address):
        return address not in _METADATA and not _in(address, _NOT_PUBLIC_V4) and address.is_global
    if address.scope_id is not None:
        return False
    inner = embedded(address)
    if inner is not None:
        return public(inner)
    return address in _UNICAST and not _in(address, _NOT_PUBLIC_V6) and address.is_global


def embedded(address: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 host behind a mapped (RFC 4291), translated (RFC 6052) or 6to4 (RFC 3056) address."""
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour


def _in(address: Address, networks: Iterable[IPv4Network | IPv6Network]) -> bool:
    return any(address in network for network in networks)
