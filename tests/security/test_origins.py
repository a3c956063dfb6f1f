"""A page of somebody else uses nobody's session, and a name of somebody else does not lead here."""

from __future__ import annotations

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection

from tests.browser.server import PASSWORD, ChatServer
from tests.security.visitor import PATH, PATIENCE, Enter, opening
from ui.server.security.hosts import Hosts, hosts
from ui.server.security.origins import RequestOrigin, origin_of
from ui.server.web.client_address import networks
from ui.server.web.problems import Problem

pytestmark = pytest.mark.timeout(300)

FOREIGN = (
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "none"},
    {"sec-fetch-site": ""},
    {"origin": "http://127.0.0.1:1"},
    {"origin": "https://127.0.0.1"},
    {"origin": "http://localhost.evil.example"},
    {"origin": "null"},
    {"origin": ""},
    {"origin": "http://[broken"},
)
CHANGING = (
    ("POST", "/login"),
    ("POST", "/logout"),
    ("POST", "/set-session-cookie"),
    ("POST", "/project/threads"),
    ("PUT", "/project/thread"),
    ("DELETE", "/project/thread"),
    ("POST", "/project/action"),
    ("POST", "/project/file"),
    ("PUT", "/feedback"),
    ("DELETE", "/feedback"),
    ("POST", "/api/runs"),
)


@pytest.mark.parametrize("said", FOREIGN, ids=str)
async def test_a_page_of_another_origin_changes_nothing(
    server: ChatServer, enter: Enter, said: dict[str, str]
) -> None:
    """Each request that could change something is refused with 403, the login included."""
    ann = await enter(server)
    del ann.http.headers["origin"]
    for method, path in CHANGING:
        reply = await ann.http.request(method, path, headers=said)
        assert reply.status_code == 403, (method, path, reply.text)
        assert "another origin" in reply.json()["detail"]


@pytest.mark.parametrize("said", FOREIGN, ids=str)
async def test_a_page_of_another_origin_opens_no_socket(
    server: ChatServer, enter: Enter, said: dict[str, str]
) -> None:
    """Neither by a web socket nor by polling, although the browser sends the cookie of the session."""
    ann = await enter(server)
    del ann.http.headers["origin"]
    headers = {"origin": f"http://127.0.0.1:{server.port}"} | said
    assert not await ann.is_let_in(**headers)
    for query in ({"EIO": "4", "transport": "polling"}, {"EIO": "4", "transport": "polling", "j": "0"}):
        assert (await ann.http.get(f"{PATH}/", params=query, headers=said)).status_code == 403
    assert await ann.is_let_in(opening())


async def test_our_own_page_is_told_by_either_header(server: ChatServer, enter: Enter) -> None:
    """Sec-Fetch-Site counts where there is one, else Origin; silence with a cookie is refused."""
    ann = await enter(server)
    del ann.http.headers["origin"]
    listed = {"pagination": {"first": 1}, "filter": {}}
    for said, status in (
        ({"sec-fetch-site": "same-origin"}, 200),
        ({"origin": server.url}, 200),
        ({"sec-fetch-site": "same-origin", "origin": server.url}, 200),
        ({"sec-fetch-site": "cross-site", "origin": server.url}, 403),
        ({}, 403),
    ):
        reply = await ann.http.post("/project/threads", json=listed, headers=said)
        assert reply.status_code == status, said


async def test_a_program_logs_in_without_a_page(server: ChatServer) -> None:
    """No browser is silent about a page; who says nothing and brings no session may log in."""
    async with httpx.AsyncClient(base_url=server.url, timeout=PATIENCE) as program:
        reply = await program.post("/login", data={"username": "ann", "password": PASSWORD})
    assert reply.status_code == 200


@pytest.mark.parametrize(
    "name", ["evil.example", "127.0.0.1.evil.example", "localhost.evil", "192.0.2.1", "", "a b"]
)
async def test_a_name_that_is_not_ours_leads_nowhere(server: ChatServer, enter: Enter, name: str) -> None:
    """421 for the page, the probes, the metrics, the API and the socket: a rebound name is not ours."""
    ann = await enter(server)
    host = f"{name}:{server.port}"
    for path in ("/", "/health", "/metrics", "/api/runs", "/user", f"{PATH}/?EIO=4&transport=polling"):
        reply = await ann.http.get(path, headers={"host": host})
        assert reply.status_code == 421, path
        assert "CHAINLIT_URL" in reply.json()["detail"]
    assert not await ann.is_let_in(host=host, origin=f"http://{host}")


async def test_each_loopback_name_is_ours(server: ChatServer, enter: Enter) -> None:
    """However this machine calls itself, with whatever port, for it may be forwarded."""
    ann = await enter(server)
    for host in ("localhost", "LOCALHOST:80", "a.localhost:9", "127.0.0.1", "127.9.9.9:1", "[::1]:8000"):
        assert (await ann.http.get("/health", headers={"host": host})).status_code == 200, host


def connection(
    host: str, *, local: str = "172.17.0.2", peer: str = "198.51.100.1", scheme: str = "http", **headers: str
) -> HTTPConnection:
    """Return a request as a server got it."""
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "scheme": scheme, "server": (local, 8000), "client": (peer, 1)}
    return HTTPConnection({**scope, "headers": [(b"host", host.encode()), *raw]})


def is_ours(made: Hosts, host: str, **more: str) -> bool:
    """Tell whether a request with that Host passes."""
    try:
        made.check(connection(host, **more))
    except Problem:
        return False
    return True


def test_the_names_are_loopback_the_listening_address_and_that_of_the_url() -> None:
    """And the address a connection came in at, where a server listens at all of them."""
    made = hosts({"CHAINLIT_URL": "https://Attest.Example.org/chat/"}, "10.1.2.3", ())
    for host in ("attest.example.org", "ATTEST.example.org:8443", "10.1.2.3:8000", "172.17.0.2", "127.0.0.1"):
        assert is_ours(made, host), host
    for host in (
        "example.org",
        "10.1.2.4",
        "x.attest.example.org",
        "attest.example.org.",
        "attest.example.org:a",
    ):
        assert not is_ours(made, host), host
    assert is_ours(hosts({}, "::", ()), "[fe80::1]:1", local="fe80:0::1")


def test_two_hosts_are_none() -> None:
    """A request that names two is read in two ways, so it is refused."""
    twice = connection("127.0.0.1")
    twice.scope["headers"].append((b"host", b"evil.example"))
    with pytest.raises(Problem):
        hosts({}, "", ()).check(twice)


def test_what_is_https_is_told_by_the_url_or_a_trusted_proxy() -> None:
    """A header of anybody else makes nothing secure."""
    by_url = hosts({"CHAINLIT_URL": "https://attest.example.org"}, "", ())
    assert by_url.is_secure(connection("attest.example.org"), "attest.example.org")
    assert not by_url.is_secure(connection("127.0.0.1:8000"), "127.0.0.1:8000")
    told = connection("127.0.0.1", x_forwarded_proto="https")
    assert not hosts({}, "", ()).is_secure(told, "127.0.0.1")
    assert hosts({}, "", networks(["198.51.100.0/24"])).is_secure(told, "127.0.0.1")
    assert hosts({}, "", ()).is_secure(connection("127.0.0.1", scheme="https"), "127.0.0.1")


def test_where_it_is_https_a_page_by_http_is_another() -> None:
    """Somebody on the way may write pages of the other scheme."""
    made = hosts({"CHAINLIT_URL": "https://attest.example.org:443/"}, "", ())
    ours = made.origins("attest.example.org", secure=True)
    assert ours == {"https://attest.example.org"}
    assert origin_of(Headers({"origin": "http://attest.example.org"}), ours) is RequestOrigin.OTHER
    assert "https://attest.example.org" in made.origins("127.0.0.1:8000", secure=False)


@given(st.text(max_size=60))
def test_no_host_makes_a_failure(host: str) -> None:
    """Whatever is sent is ours or refused."""
    made = hosts({"CHAINLIT_URL": "https://attest.example.org"}, "0.0.0.0", ())  # noqa: S104  # as an operator may
    given_host = host.encode("latin-1", "replace").decode("latin-1")
    assert is_ours(made, given_host) in {True, False}
