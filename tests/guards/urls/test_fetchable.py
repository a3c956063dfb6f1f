"""Test which addresses may be fetched."""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from guards.urls.fetchable import host_of, is_address_allowed, is_host_opened, is_url_allowed

PRIVATE_V4 = (
    "0.0.0.0",  # noqa: S104  # an example, nothing is bound
    "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.255.254",
    "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.192", "192.0.2.1", "192.88.99.1",
    "192.168.0.1", "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9", "224.0.0.1",
    "239.255.255.250", "240.0.0.1", "255.255.255.255", "168.63.129.16", "192.80.8.124",
)  # fmt: skip
PRIVATE_V6 = (
    "::", "::1", "100::1", "64:ff9b:1::1", "2001::1", "2001:2::1", "2001:db8::1", "3fff::1", "5f00::1",
    "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "4000::1", "::7f00:1",
    "2606:4700:4700::1111%eth0",
    "::ffff:0:127.0.0.1",
)  # fmt: skip
PUBLIC = (
    "1.1.1.1", "8.8.8.8", "11.0.0.1", "100.63.255.255", "100.128.0.1", "126.255.255.255", "128.0.0.1",
    "169.253.1.1", "172.15.0.1", "172.32.0.1", "192.0.1.1", "192.169.0.1", "198.17.255.255", "198.20.0.1",
    "223.255.255.255", "168.63.129.15", "168.63.129.17", "192.80.8.123", "192.80.8.125",
    "2606:4700:4700::1111", "2a00:1450:4001:81b::200e", "::ffff:8.8.8.8",
    "64:ff9b::8.8.8.8", "2002:808:808::1",
)  # fmt: skip
HIDING = (IPv6Address("::ffff:0:0"), IPv6Address("64:ff9b::"), IPv6Address("2002::"))
private_v4 = st.sampled_from([IPv4Address(address) for address in PRIVATE_V4])


@pytest.mark.parametrize("address", PRIVATE_V4 + PRIVATE_V6)
def test_no_range_kept_for_something_is_public(address: str) -> None:
    """One address out of each special range, and both ends of some, is refused with its reason."""
    decision = is_address_allowed(address)
    assert not decision.allowed
    assert address in decision.reason


@pytest.mark.parametrize("address", PUBLIC)
def test_what_lies_beside_a_range_is_public(address: str) -> None:
    """No range reaches further than it should, and an IPv4 address inside IPv6 decides for it."""
    assert is_address_allowed(address).allowed


@given(private_v4)
def test_no_notation_of_ipv6_hides_a_private_address(inner: IPv4Address) -> None:
    """Mapped, translated and 6to4 addresses are judged by the address they carry."""
    mapped, translated, tunnelled = HIDING
    for hidden in (
        IPv6Address(int(mapped) | int(inner)),
        IPv6Address(int(translated) | int(inner)),
        IPv6Address(int(tunnelled) | int(inner) << 80),
        IPv6Address(int(inner)),
    ):
        assert not is_address_allowed(str(hidden)).allowed
        assert not is_url_allowed(f"http://[{hidden}]/").allowed
        assert not is_url_allowed(f"http://[{hidden.exploded}]/").allowed


@given(st.ip_addresses())
def test_an_address_is_never_more_public_than_python_says(address: IPv4Address | IPv6Address) -> None:
    """What passes is global to `ipaddress`, or carries an IPv4 address, and is not multicast."""
    if is_address_allowed(str(address)).allowed:
        assert address.is_global or int(address) >> 32 in {0xFFFF, 0x64FF9B << 64}
        assert not address.is_multicast


def _parts(address: IPv4Address, digits: str, parts: int) -> str:
    """Write an address in so many parts, each in a notation of inet_aton."""
    octets = address.packed
    last = int.from_bytes(octets[parts - 1 :], "big")
    return ".".join(format_part(number, digits) for number in (*octets[: parts - 1], last))


def format_part(number: int, digits: str) -> str:
    return {"d": f"{number}", "o": f"0{number:o}", "x": f"0x{number:x}", "X": f"0X{number:X}"}[digits]


@given(
    private_v4,
    st.sampled_from("doxX"),
    st.integers(1, 4),
    st.sampled_from(["", "wide"]),
    st.sampled_from(["", ".", ":80"]),
)
def test_no_notation_of_inet_aton_hides_a_private_address(
    address: IPv4Address, digits: str, parts: int, wide: str, end: str
) -> None:
    """Whatever the C library reads as a private address is refused, in fullwidth digits and dots too."""
    written = _parts(address, digits, parts)
    assert socket.inet_aton(written) == address.packed
    if wide:
        written = "".join("。" if c == "." else chr(ord(c) + 0xFEE0) for c in written)
    assert not is_url_allowed(f"http://{written}{end}/").allowed


@given(private_v4, st.sampled_from(["", "localhost", "metadata.google.internal"]))
def test_no_encoding_of_a_host_hides_it(address: IPv4Address, name: str) -> None:
    """Percent signs, circled letters and soft hyphens do not change what is asked for."""
    host = name or str(address)
    circled = "".join(chr(ord(c) - ord("a") + 0x24D0) if c.isalpha() else c for c in host)
    encoded = "".join(f"%{ord(c):02X}" for c in host)
    for written in (circled, encoded, quote(encoded), host.replace("o", "o\u00ad"), host.upper(), f"{host}."):
        assert not is_url_allowed(f"https://{written}/").allowed


@pytest.mark.parametrize(
    "url",
    [
        "http://2130706433", "http://0177.0.0.1", "http://0x7f.1", "http://127.1", "http://4294967297",
        "http://010.000.000.001", "http://1.2.3", "http://256.1.1.1", "http://1.1.1.1.1", "http://0x",
        "http://08.1.1.1", "http://0x41414141A9FEA9FE", "http://[::1%25eth0]", "http://[::1", "http://[::1]x",
        "http://[1.1.1.1]", "http://::1/", "http://[fe80::1%eth0]/",
    ],
)  # fmt: skip
def test_an_address_in_disguise_is_refused(url: str) -> None:
    """A host that some read as an address and that is not one plainly written is not asked for."""
    assert not is_url_allowed(url).allowed


@pytest.mark.parametrize(
    "url",
    [
        "http://user@example.com", "http://user:pass@example.com", "http://example.com@127.0.0.1",
        "http://@example.com", "http://example.com\\@127.0.0.1", "http:\\\\example.com", "http:/example.com",
        "http:example.com", "http:///example.com", "//example.com", "example.com", "http://", "https://:80/",
        "ftp://example.com", "file:///etc/passwd", "gopher://example.com", "javascript:alert(1)",
        "jar:https://example.com!/", "HTTP+unix://x", " http://example.com", "http://exa mple.com",
        "http://example.com\n", "http://example.com/\r\nHost: x", "http://exam\tple.com", "http://a..b",
        "http://.example.com", "http://example.com..", "http://-a.example", "http://a_b!.example",
        "http://xn--zz--.com", "http://" + "a" * 64 + ".com", "http://" + "a." * 130 + "com",
        "http://example.com:0", "http://example.com:65536", "http://example.com:8 0", "http://example.com:+80",
        "http://example.com:22", "http://example.com:6379", "https://example.com/" + "a" * 2000, "",
        "http://exa\ud800mple.com", "http://example.com:٨٠", "http://exa%6dple.com",
    ],
)  # fmt: skip
def test_what_two_parsers_could_read_in_two_ways_is_refused(url: str) -> None:
    """Scheme, user name, port, blanks, slashes and names leave one reading, or none."""
    decision = is_url_allowed(url)
    assert not decision.allowed
    assert decision.reason


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://example.com/", "http:// or https://"),
        ("http://user@example.com/", "user name"),
        ("http://127.0.0.1\\.example.com/", "backslash"),
        ("http://example.com /", "blanks"),
        ("http:///", "no host"),
        ("http://" + "a." * 200 + "com", "too long"),
        ("http://exa%6dple.com", "no name"),
        ("http://0177.1", "disguise"),
        ("http://example.com:99999", "port that is no number"),
        ("http://example.com:22", "port 22"),
        ("http://10.0.0.1", "not a public address"),
        ("http://printer", "inside a network"),
        ("http://metadata.tencentyun.com", "metadata service"),
        ("http://a.nip.io", "any address"),
        ("http://example.com/" + "a" * 2000, "2,000 characters"),
    ],
)
def test_a_refusal_says_what_is_wrong(url: str, reason: str) -> None:
    """Whoever wrote the address can mend it."""
    assert reason in is_url_allowed(url).reason


@pytest.mark.parametrize(
    "host",
    [
        "localhost", "LOCALHOST", "a.localhost", "printer", "metadata", "wiki.corp", "nas.local",
        "x.internal", "a.intranet", "a.lan", "a.home.arpa", "metadata.google.internal",
        "metadata.tencentyun.com", "127.0.0.1.nip.io", "7f000001.nip.io", "10-0-0-1.sslip.io",
        "app.localtest.me", "lvh.me",
        "7f000001.c0a80001.rbndr.us", "1.0.0.127.in-addr.arpa", "api.default.svc", "x.localdomain",
    ],
)  # fmt: skip
def test_names_of_the_inside_are_refused(host: str) -> None:
    """Single labels, internal domains, metadata services and names for any address are refused."""
    assert not is_url_allowed(f"https://{host}/").allowed


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com", "HTTPS://Example.COM/a?b#c", "https://example.com./", "https://example.com:/",
        "http://example.com:80", "https://example.com:8443/x", "http://example.com:8080", "http://1.1.1.1/",
        "https://[2606:4700:4700::1111]/", "https://bücher.example/", "https://xn--bcher-kva.example/",
        "https://example.com/?next=http://127.0.0.1/", "https://example.com/http://10.0.0.1/@x",
        "https://127.0.0.1.example.com/", "https://localhost.example.com/", "https://metadata.example.org",
        "https://a_b.example.com/", "https://notlocalhost.com", "https://internal.example", "https://例え.jp/",
        "https://de.wikipedia.org/wiki/Glück", "https://example.com?x", "https://example.com#x@y",
        "https://example.com/a%40b%5C", "https://example.com/a\\b", "https://fa.wikipedia.org/wiki/می‌خواهم", "https://nip.io.example.com",
    ],
)  # fmt: skip
def test_ordinary_addresses_pass(url: str) -> None:
    """Odd paths, names that only look private, ports of the web and names in any script are allowed."""
    assert is_url_allowed(url).allowed


@given(st.text(max_size=60))
@example("http://[")
@example("http://xn--")
@example("http://\u3002")
@example("http://1.")
def test_any_text_gets_an_answer(text: str) -> None:
    """No text makes the guard fail, and what it allows has one host that an answer can be checked for."""
    for url in (text, f"http://{text}", f"http://{text}/", f"https://[{text}]", f"http://a.example{text}"):
        if is_url_allowed(url).allowed:
            assert host_of(url).isascii()
            assert not _is_private_literal(host_of(url))
    is_address_allowed(text)


def _is_private_literal(host: str) -> bool:
    try:
        return not ip_address(host).is_global
    except ValueError:
        return False


def test_an_operator_opens_a_host_and_nothing_beside_it() -> None:
    """A name or a literal on the list passes with any port, or the one that is named; others do not."""
    opened = ("wiki.corp", "10.0.0.5:8000", "::1", "[fd00::2]:81")
    for url in ("http://wiki.corp/", "https://WIKI.corp.:9000/x", "http://10.0.0.5:8000", "http://[::1]:5/",
                "http://[0:0::1]/", "http://[fd00::2]:81"):  # fmt: skip
        assert is_url_allowed(url, opened).allowed
    for url in ("http://a.wiki.corp/", "http://wiki.corp@10.0.0.5:8000", "http://10.0.0.5/", "http://10.0.0.6:8000",
                "http://[fd00::2]/", "ftp://wiki.corp", "http://167772165:8000/"):  # fmt: skip
        assert not is_url_allowed(url, opened).allowed


def test_a_name_that_is_opened_opens_its_addresses_for_itself() -> None:
    """The list holds for a host and a port; an entry that is no host opens nothing."""
    assert is_host_opened("wiki.corp", 80, ("wiki.corp",))
    assert is_host_opened("::1", 80, ("::1",))
    assert not is_host_opened("example.com", 80, ("wiki.corp", "10.0.0.5"))
    assert not is_host_opened("10.0.0.5", 80, ("10.0.0.5:8000", "*", "10.0.0.0/8", "", "%31"))


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://Bücher.example./x", "xn--bcher-kva.example"),
        ("http://[2001:DB8:0::1]:80", "2001:db8::1"),
        ("http://\uff11.\uff11.\uff11.\uff11", "1.1.1.1"),
        ("http://user@example.com", ""),
        ("nonsense", ""),
    ],
)
def test_a_host_has_one_name(url: str, host: str) -> None:
    """The host is the one DNS is asked for, and nothing where there is doubt."""
    assert host_of(url) == host
