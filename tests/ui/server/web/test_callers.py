"""Who comes in, how often, and what a browser may be made to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from graph.config.settings import Settings
from graph.errors import Misconfigured
from graph.options import Role
from tests.ui.server.web.house import QUESTION, Clock, House, house
from ui.server.security.security_headers import ANSWER as HEADERS
from ui.server.web.client_address import address_of, host_of, is_local, is_secure, networks

SAME = {"sec-fetch-site": "same-origin"}
NEW = {"question": QUESTION}


async def test_nobody_is_asked_to_log_in(opened: House) -> None:
    """Without a token or a session, with a wrong one, or one that was revoked: 401, and how to come in."""
    revoked = opened.caller("bob")
    (token,) = (a.tokens[0] for a in opened.context.accounts.listed() if a.account.name == "bob")
    assert (await revoked.get("/api/runs")).status_code == 200
    opened.context.accounts.revoke_token("bob", token.id)
    strange = [{}, *({"authorization": each} for each in ("Bearer x", "Basic eDp5", "Bearer", "\x01"))]
    for caller in (revoked, *(opened.caller(**headers) for headers in strange)):
        reply = await caller.get("/api/runs")
        assert reply.status_code == 401
        assert reply.headers["www-authenticate"] == "Bearer"
        assert "attest users token" in reply.json()["detail"]


async def test_a_wrong_token_is_not_made_good_by_a_session(opened: House) -> None:
    """Who sends a token is judged by it."""
    both = opened.caller(authorization="Bearer attest_wrong", cookie="who=ann")
    assert (await both.get("/api/runs")).status_code == 401


async def test_a_role_that_is_changed_counts_at_once(opened: House) -> None:
    """The account is looked up at each request."""
    ann = opened.caller("ann")
    assert (await ann.get("/api/status")).status_code == 403
    opened.context.accounts.set_role("ann", Role.ADMIN)
    assert (await ann.get("/api/status")).status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),
        (SAME, 201),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "none"}, 403),
        ({"sec-fetch-site": "cross-site", "origin": "http://attest.test"}, 403),
        ({"origin": "http://attest.test"}, 201),
        ({"origin": "http://attest.test.evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://[broken"}, 403),
    ],
)
async def test_another_page_cannot_use_the_session(
    opened: House, headers: dict[str, str], status: int
) -> None:
    """With a cookie only a page of this host starts a run; reading needs no such proof."""
    browser = opened.caller(cookie="who=ann", **headers)
    assert (await browser.post("/api/runs", json=NEW)).status_code == status
    assert (await browser.get("/api/runs")).status_code == 200


async def test_no_other_origin_is_let_read(opened: House) -> None:
    """CORS is closed: no answer allows another origin, and no preflight succeeds."""
    page = opened.caller("ann", origin="https://evil.example")
    replies = [
        await page.get("/api/runs"),
        await page.options("/api/runs", headers={"access-control-request-method": "POST"}),
    ]
    assert [reply.status_code for reply in replies] == [200, 405]
    assert not any(name.startswith("access-control") for reply in replies for name in reply.headers)


async def test_every_answer_has_its_security_headers(opened: House) -> None:
    """Whatever is asked, right or wrong, a browser is told to do nothing with it."""
    ann = opened.caller("ann")
    for path in ("/health", "/ready", "/metrics", "/api/runs", "/api/nope", "/api/runs/x", "/api/status"):
        reply = await ann.get(path)
        assert HEADERS.keys() <= {name.title() for name in reply.headers}, path
    assert (
        HEADERS["Content-Security-Policy"] == (await ann.get("/api/runs")).headers["content-security-policy"]
    )


async def test_our_routes_win_over_what_was_there(opened: House) -> None:
    """Health is ours, an unknown path of the API is no page, and everything else stays the chat's."""
    ann = opened.caller("ann")
    assert (await ann.get("/health")).json() == {"status": "ok"}
    assert (await ann.get("/api/nope")).status_code == 404
    assert (await ann.get("/login")).json() == "a page for everything"


async def test_one_too_many_waits(tmp_path: Path) -> None:
    """The third request in a minute is refused with how long to wait, and passes when that is over."""
    clock = Clock()
    async with house(tmp_path, clock=clock, api_rate="2/minute") as opened:
        ann = opened.caller("ann")
        first = await ann.get("/api/runs")
        assert first.headers["ratelimit-remaining"] == "1"
        clock.now += 10
        assert (await ann.get("/api/runs")).status_code == 200
        reply = await ann.get("/api/runs")
        assert reply.status_code == 429
        assert reply.headers["retry-after"] == "50"
        assert reply.headers["ratelimit-limit"] == "2"
        assert reply.json()["status"] == 429
        assert (await ann.get("/health")).status_code == 200
        clock.now += 51
        assert (await ann.get("/api/runs")).status_code == 200


async def test_an_account_is_counted_from_wherever_it_comes(tmp_path: Path) -> None:
    """Other addresses give an account no more, and another account at an address nothing either."""
    async with house(tmp_path, clock=Clock(), api_rate="2/minute") as opened:
        for place in (1, 2):
            assert (await opened.caller("ann", f"192.0.2.{place}").get("/api/runs")).status_code == 200
        assert (await opened.caller("ann", "192.0.2.3").get("/api/runs")).status_code == 429
        for name in ("bob", "vic"):
            assert (await opened.caller(name, "192.0.2.9").get("/api/runs")).status_code == 200
        assert (await opened.caller("root", "192.0.2.9").get("/api/runs")).status_code == 429


async def test_guessing_tokens_is_counted_by_address(tmp_path: Path) -> None:
    """Who has no token is counted too, and X-Forwarded-For of a stranger gives no new address."""
    async with house(tmp_path, clock=Clock(), api_rate="2/minute") as opened:
        codes = [
            (await opened.caller(address="192.0.2.1", **{"x-forwarded-for": f"10.0.0.{n}"}).get("/api/runs"))
            for n in range(3)
        ]
        assert [reply.status_code for reply in codes] == [401, 401, 429]


def asked(peer: str, *forwarded: str) -> Request:
    """Return a request from an address, with what it says of others."""
    headers = [(b"x-forwarded-for", each.encode("latin-1", "replace")) for each in forwarded]
    return Request({"type": "http", "client": (peer, 1), "headers": headers})


@pytest.mark.parametrize(
    ("peer", "forwarded", "found"),
    [
        ("192.0.2.1", ("203.0.113.5",), "192.0.2.1"),
        ("10.0.0.1", ("203.0.113.5",), "203.0.113.5"),
        ("10.0.0.1", ("198.51.100.1, 203.0.113.5",), "203.0.113.5"),
        ("10.0.0.1", ("198.51.100.1, 203.0.113.5, 10.0.0.2",), "203.0.113.5"),
        ("10.0.0.1", ("198.51.100.1", "203.0.113.5"), "203.0.113.5"),
        ("10.0.0.1", (), "10.0.0.1"),
        ("10.0.0.1", ("10.0.0.3",), "10.0.0.1"),
        ("::ffff:10.0.0.1", ("203.0.113.5",), "203.0.113.5"),
    ],
)
def test_only_a_named_proxy_is_believed(peer: str, forwarded: tuple[str, ...], found: str) -> None:
    """The nearest address that is no proxy's counts; what a caller wrote in front of it does not."""
    assert address_of(asked(peer, *forwarded), networks(["10.0.0.0/8"])) == found


PROXY = "10.0.0.1"


def request_of(peer: str, scheme: str = "http", **headers: str) -> Request:
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "client": (peer, 1), "scheme": scheme, "headers": raw})


@pytest.mark.parametrize(
    ("peer", "headers", "host", "secure"),
    [
        ("192.0.2.1", {"host": "a", "x_forwarded_host": "evil", "x_forwarded_proto": "https"}, "a", False),
        (PROXY, {"host": "a", "x_forwarded_host": "b", "x_forwarded_proto": "https"}, "b", True),
        (PROXY, {"host": "a", "x_forwarded_host": "evil, b", "x_forwarded_proto": "https, http"}, "b", False),
        (PROXY, {"host": "a"}, "a", False),
        (PROXY, {"x_forwarded_proto": "HTTPS"}, "", True),
        (PROXY, {"x_forwarded_proto": "gopher"}, "", False),
    ],
)
def test_only_a_named_proxy_says_host_and_scheme(
    peer: str, headers: dict[str, str], host: str, *, secure: bool
) -> None:
    """The word of the nearest proxy that is named counts, and nobody else's."""
    named, asked_by = networks(["10.0.0.0/8"]), request_of(peer, **headers)
    assert (host_of(asked_by, named), is_secure(asked_by, named)) == (host, secure)


def test_a_request_by_https_is_secure_without_any_proxy() -> None:
    """What the server itself saw needs no word of anybody."""
    assert is_secure(request_of("192.0.2.1", "https"), ())
    assert is_secure(request_of("192.0.2.1", "wss"), ())


@pytest.mark.parametrize(
    "header", ["x_forwarded_for", "x_forwarded_host", "x_forwarded_proto", "forwarded", "x_real_ip", "via"]
)
def test_what_passes_a_request_on_is_not_this_machine(header: str) -> None:
    """From the loopback address, but by a proxy: whatever it adds, it is not local."""
    assert is_local(request_of("127.0.0.1"), ())
    assert is_local(request_of("::1"), networks([PROXY]))
    assert not is_local(request_of("127.0.0.1", **{header: "127.0.0.1"}), ())
    assert not is_local(request_of("127.0.0.1"), networks(["127.0.0.1"]))
    assert not is_local(request_of(PROXY, **{header: "127.0.0.1"}), networks([PROXY]))


@given(st.text(), st.lists(st.text(), max_size=3))
def test_no_header_makes_a_failure(peer: str, forwarded: list[str]) -> None:
    """Whatever is written there, an address comes out and nobody is taken for this machine."""
    request = asked(peer, *forwarded)
    assert isinstance(address_of(request, networks(["0.0.0.0/0", "::/0"])), str)
    assert not (forwarded and is_local(request))


def test_a_slip_in_a_setting_ends_the_start(tmp_path: Path) -> None:
    """What cannot be read is said when the server starts."""
    with pytest.raises(Misconfigured, match="ATTEST_TRUSTED_PROXIES"):
        networks(["10.0.0.0/99"])
    with pytest.raises(Misconfigured, match="ATTEST_OAUTH_ROLE"):
        Settings.from_environment({"ATTEST_HOME": str(tmp_path), "ATTEST_OAUTH_ROLE": "boss"})
