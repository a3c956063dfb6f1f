"""Whatever is answered, a browser is told what to do with it and what not."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest

from tests.browser.server import PASSWORD, ChatServer
from tests.security.conftest import serving
from tests.security.visitor import PATH, Enter

pytestmark = pytest.mark.timeout(300)

HTTPS = "attest.example.org"
PATHS = (
    "/",
    "/login",
    "/nope",
    "/user",
    "/project/settings",
    "/favicon",
    "/public/attest.js",
    "/health",
    "/metrics",
)
SOCKET = f"{PATH}/?EIO=4&transport=polling"


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChatServer]:
    """Serve people who come by HTTPS, at a name of their own."""
    yield from serving(tmp_path_factory.mktemp("behind"), ("ann",), CHAINLIT_URL=f"https://{HTTPS}")


async def test_every_answer_says_what_a_browser_may_do(server: ChatServer, enter: Enter) -> None:
    """Right or wrong, of Chainlit or of ours: nosniff, no referrer, no frame, and a policy."""
    ann, stranger = await enter(server), await enter(server, "")
    for who in (ann, stranger):
        for path in (*PATHS, SOCKET, "/api/runs", "/api/docs", "/api/nope"):
            headers = (await who.http.get(path)).headers
            assert headers["x-content-type-options"] == "nosniff", path
            assert headers["referrer-policy"] == "no-referrer", path
            assert headers["x-frame-options"] == "DENY", path
            assert "frame-ancestors 'none'" in headers["content-security-policy"], path
            assert "strict-transport-security" not in headers, path


async def test_the_page_asks_its_own_server_alone(server: ChatServer, enter: Enter) -> None:
    """The policy of the page is a header; each script in it is named there; it may connect to itself."""
    ann = await enter(server)
    for path in ("/", "/login", "/thread/0b0e5c9e-5f0c-4c1e-9a55-2b6f0f1f7d11"):
        reply = await ann.http.get(path)
        told = reply.headers["content-security-policy"].split("; ")
        policy = dict(part.partition(" ")[::2] for part in told)
        assert policy["connect-src"] == "'self'"
        assert policy["default-src"] == "'self'"
        assert policy["object-src"] == "'none'"
        assert "'unsafe-inline'" not in policy["script-src"]
        assert len(re.findall(r"<script>", reply.text)) == policy["script-src"].count("sha256-")


def test_https_is_kept_to_and_cookies_are_for_it_alone(behind: ChatServer) -> None:
    """HSTS, and `Secure` on each cookie, where CHAINLIT_URL is HTTPS; not on the loopback address."""
    form = {"username": "ann", "password": PASSWORD}
    with httpx.Client(base_url=behind.url, trust_env=False) as browser:
        origin = {"host": HTTPS, "origin": f"https://{HTTPS}"}
        reply = browser.post("/login", data=form, headers=origin)
        assert reply.status_code == 200
        assert reply.headers["strict-transport-security"].startswith("max-age=")
        cookies = reply.headers.get_list("set-cookie")
        assert cookies
        assert all("secure" in cookie.lower().split("; ") for cookie in cookies)
        by_http = browser.post("/login", data=form, headers={"host": HTTPS, "origin": f"http://{HTTPS}"})
        assert by_http.status_code == 403
        inside = browser.post("/login", data=form)
        assert "strict-transport-security" not in inside.headers
        assert all("secure" not in each.lower() for each in inside.headers.get_list("set-cookie"))


def test_who_may_not_say_so_makes_nothing_secure(server: ChatServer) -> None:
    """X-Forwarded-Proto of whom the operator did not name is not believed."""
    reply = httpx.get(f"{server.url}/health", headers={"x-forwarded-proto": "https"}, trust_env=False)
    assert "strict-transport-security" not in reply.headers
