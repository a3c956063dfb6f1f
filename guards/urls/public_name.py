"""Which names are public? Those that do not name something inside a network."""

from __future__ import annotations

# Reserved for inside a network (RFC 6762, 6761, 8375; ICANN for `internal`), or taken for it so widely that
# they will never be delegated. `example` and its like are not here: they name nothing at all.
_INSIDE = frozenset(
    {
        "localhost", "localdomain", "local", "internal", "intranet", "private", "corp", "home", "lan",
        "home.arpa", "in-addr.arpa", "ip6.arpa", "workgroup", "domain", "consul", "svc", "docker", "test",
    }
)  # fmt: skip
# Where clouds tell a machine its credentials, under names that look public.
_METADATA = frozenset(
    {
        "metadata.tencentyun.com", "metadata.packet.net", "metadata.platformequinix.com",
        "metadata.goog",
    }
)  # fmt: skip
# These resolve to the address written in the name, to a loopback address, or to both in turn.
_ANY_ADDRESS = frozenset(
    {
        "nip.io", "sslip.io", "xip.io", "xip.name", "ip6.name", "backname.io", "traefik.me", "localtest.me",
        "lvh.me", "vcap.me", "fuf.me", "lcl.host", "local.gd", "localho.st", "lacolhost.com", "ulh.us",
        "127-0-0-1.org.uk", "rbndr.us", "1u.ms", "rebind.network", "rebind.it", "localdomain.pw",
    }
)  # fmt: skip


def inside(name: str) -> str:
    """Say why a name, in lower case and without a dot at its end, is not public; nothing if it is."""
    labels = name.split(".")
    ends = {".".join(labels[at:]) for at in range(len(labels))}
    if len(labels) == 1 or ends & _INSIDE:
        return "names a host inside a network"
    if ends & _METADATA:
        return "names a metadata service"
    return "can name any address" if ends & _ANY_ADDRESS else ""
