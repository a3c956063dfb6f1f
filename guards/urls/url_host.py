"""Which host does a URL name? A host that two parsers could read in two ways is refused."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address

import idna

LONGEST_NAME = 253
_SPLIT = re.compile(r"(https?)://([^/?#]*)", re.IGNORECASE)
_CONTROLS = re.compile(
    "[\x00-\x20\x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\ud800-\udfff]"
)
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
# What ends in such a label is an IPv4 address to inet_aton and to a browser, however it is written.
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_MOST_PORT = 65_535


class Unreadable(Exception):
    """Say in plain words why an address names no host beyond doubt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """Name a host as it is connected to: `name` is lower-case ASCII, `address` set when it is a literal."""

    name: str
    port: int
    address: IPv4Address | IPv6Address | None = None


def read(url: str) -> Host:
    """Return the host of an http or https address; raises Unreadable."""
    if _CONTROLS.search(url):
        raise Unreadable("holds blanks or control characters")
    found = _SPLIT.match(url)
    if found is None:
        raise Unreadable("does not begin with http:// or https://")
    if "\\" in found[2]:
        raise Unreadable("holds a backslash, which some read as a slash, before its path")
    if "@" in found[2]:
        raise Unreadable("holds a user name before its host")
    return read_authority(found[2], _DEFAULT_PORTS[found[1].lower()])


def read_authority(authority: str, port: int) -> Host:
    """Return the host of `host`, `host:port` or `[v6]:port`; raises Unreadable."""
    if authority.startswith("["):
        literal, bracket, rest = authority[1:].partition("]")
        if not bracket or (rest and not rest.startswith(":")):
            raise Unreadable("holds a broken IPv6 address")
        address = _v6(literal)
        return Host(name=str(address), port=_port(rest[1:], port), address=address)
    host, _, written = authority.partition(":")
    name = _name(host)
    literal_v4 = _v4(name)
    return Host(name=name, port=_port(written, port), address=literal_v4)


def _port(written: str, default: int) -> int:
    if not written:
        return default
    if not (written.isascii() and written.isdigit()) or not 0 < int(written[:6]) <= _MOST_PORT:
        raise Unreadable("holds a port that is no number")
    return int(written)


def _v6(literal: str) -> IPv6Address:
    with suppress(ValueError):
        address = IPv6Address(literal)
        if address.scope_id is None:
            return address
    raise Unreadable("holds a broken IPv6 address")


def _name(host: str) -> str:
    """Return a name as DNS is asked for it: mapped by UTS 46, encoded by IDNA 2008, no dot at its end."""
    if not 0 < len(host) <= LONGEST_NAME + 1:
        raise Unreadable("has a host that is too long" if host else "has no host")
    try:
        mapped = idna.uts46_remap(host, std3_rules=False, transitional=False).removesuffix(".")
        name = ".".join(_label(label) for label in mapped.split("."))
    except UnicodeError:
        raise Unreadable("has a host that is no name") from None
    if len(name) > LONGEST_NAME:
        raise Unreadable("has a host that is too long")
    return name


def _label(label: str) -> str:
    encoded = idna.alabel(label).decode() if not label.isascii() or label.startswith("xn--") else label
    if not _LABEL.fullmatch(encoded):
        raise Unreadable("has a host that is no name")
    return encoded


def _v4(name: str) -> IPv4Address | None:
    """Return the IPv4 address a name is; refuse one not written plainly, as 0177.1 or 2130706433.

    The parts of 010.0.0.1 are octal to some and decimal to others, so no reading of it is right.
    """
    if not _NUMBER.fullmatch(name.rpartition(".")[2]):
        return None
    try:
        return IPv4Address(name)
    except ValueError:
        raise Unreadable("writes an IPv4 address in disguise: write four plain numbers") from None
