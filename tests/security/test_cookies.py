"""A login has one reading: a header that two parsers read in two ways opens nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from http.cookies import CookieError, SimpleCookie

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import cookie_parser

from tests.browser.server import ChatServer
from tests.security.conftest import serving
from tests.security.visitor import Enter, Visitor
from ui.server.security.cookies import cleaned

pytestmark = pytest.mark.timeout(300)

BLANKS = (
    b"",
    b" ",
    b"\t",
    b"\xa0",
    b"\x85",
    b"\x1c",
    b"\x1d",
    b"\x1f",
    b"\x0b",
    b"\x0c",
    b'"',
    b"\\",
    b"\xc2\xa0",
)


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChatServer]:
    """Serve somebody whose account is removed while they are logged in."""
    yield from serving(tmp_path_factory.mktemp("own"), ("ann", "vic"))


async def asked(server: ChatServer, *headers: bytes, path: str = "/user") -> int:
    """Send a request as it stands, which no client library would; return its status."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    head = [b"GET " + path.encode() + b" HTTP/1.1", b"Host: 127.0.0.1", *headers, b"Connection: close"]
    writer.write(b"\r\n".join([*head, b"", b""]))
    status = (await reader.readline()).split(b" ")
    writer.close()
    return int(status[1])


async def test_a_login_that_is_over_comes_in_by_no_way_of_writing_it(own: ChatServer, enter: Enter) -> None:
    """Blanks of any kind, quotes, pieces, a second header and another scheme: 401, as is the plain one."""
    vic = await enter(own, "vic")
    token = vic.http.cookies["access_token"].encode()
    assert await asked(own, b"Cookie: access_token=" + token) == 200
    own.attest("users", "remove", "vic")
    pairs = [b"access_token", b"access_token_0", b"\xa0access_token_0", b"Access_Token"]
    ways = [b"Cookie: " + blank + name + b"=" + token + blank for blank in BLANKS for name in pairs]
    ways += [b"Cookie: a=b;" + blank + b"access_token=" + blank + token for blank in BLANKS]
    ways += [
        b"Authorization: Bearer " + token,
        b"Authorization: bearer\t" + token,
        b"COOKIE:access_token=" + token,
    ]
    for way in ways:
        for path in ("/user", "/project/settings", "/ws/socket.io/?EIO=4&transport=polling", "/api/runs"):
            assert await asked(own, way, path=path) in {400, 401}, (way, path)
    assert not await Visitor.is_let_in(vic)


async def test_a_login_that_stands_is_read_beside_anything(own: ChatServer, enter: Enter) -> None:
    """What another program of the machine set for the same host does not shut a person out."""
    ann = await enter(own, "ann")
    token = ann.http.cookies["access_token"].encode()
    for beside in (b"a=b", b"bad \xa0 pair", b'quoted="x; y"', b"=", b";;", b"a=\xff"):
        assert await asked(own, b"Cookie: " + beside + b"; access_token=" + token) == 200, beside
        assert await asked(own, b"Cookie: " + beside, b"Cookie: access_token=" + token) == 200, beside


async def test_a_bearer_token_opens_the_api_alone(own: ChatServer) -> None:
    """A token of a program is read by the API, and reaches no route of the chat."""
    token = own.attest("users", "token", "ann").split()[-1]
    bearer = {"authorization": f"Bearer {token}"}
    async with httpx.AsyncClient(base_url=own.url, headers=bearer) as program:
        assert (await program.get("/api/runs")).status_code == 200
        assert (await program.get("/user")).status_code == 401


PAIRS = st.lists(st.binary(max_size=24), max_size=4).map(b";".join)


@given(st.lists(PAIRS, max_size=3))
def test_what_is_passed_on_is_read_alike_by_all(values: list[bytes]) -> None:
    """Starlette, the standard library and a plain split find the same pairs in what is left."""
    headers = cleaned([(b"cookie", value) for value in values] + [(b"accept", b"*/*")])
    cookies = [value for name, value in headers if name == b"cookie"]
    assert len(cookies) <= 1
    assert (b"accept", b"*/*") in headers
    for cookie in cookies:
        text = cookie.decode("ascii")
        plain = dict(pair.split("=", 1) for pair in text.split("; "))
        assert cookie_parser(text).keys() == plain.keys()
        try:
            known = SimpleCookie(text)
        except CookieError:
            continue
        assert known.keys() <= plain.keys()
