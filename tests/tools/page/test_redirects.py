"""Test that redirects are followed one by one, each judged."""

from __future__ import annotations

import pytest
from pytest_httpserver import HTTPServer

from graph.errors import Refused, Unusable
from tests.tools.page.serving import LOOPBACK, Desk, desk, raw, saying


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/latest/meta-data/", "//10.0.0.1/", "http://[::1]/", "http://2130706433/",
        "file:///etc/passwd", "http://user@127.0.0.1/", "http://inside.example:8080/", "gopher://127.0.0.1/",
    ],
)  # fmt: skip
async def test_a_redirect_is_judged_like_the_first_address(
    reader: Desk, httpserver: HTTPServer, target: str
) -> None:
    """A page that passed cannot lead to an address that would not have, by its text or by its look-up."""
    reader.names.answers = {"inside.example": [["10.0.0.1"]]}
    httpserver.expect_request("/a").respond_with_data("", status=302, headers={"location": target})
    with pytest.raises(Refused):
        await reader.ask(httpserver.url_for("/a"))


async def test_redirects_are_followed_to_the_page_that_is_cited(reader: Desk, httpserver: HTTPServer) -> None:
    """Relative targets, blanks and fragments are understood, and the source has the last address."""
    httpserver.expect_request("/a").respond_with_data("", status=301, headers={"location": "b c?d#e"})
    httpserver.expect_request("/b c").respond_with_data("", status=307, headers={"location": "/final"})
    httpserver.expect_request("/final").respond_with_data("Krill swarm.", content_type="text/plain")
    result = await reader.ask(httpserver.url_for("/a"))
    assert result.snapshots[0].source.location == httpserver.url_for("/final")


async def test_redirects_end(reader: Desk, httpserver: HTTPServer) -> None:
    """A loop is left after five redirects."""
    httpserver.expect_request("/a").respond_with_data("", status=302, headers={"location": "/a"})
    with pytest.raises(Unusable, match="more than 5 times"):
        await reader.ask(httpserver.url_for("/a"))
    assert sum(request.path == "/a" for request, _ in httpserver.log) == 6


@pytest.mark.parametrize("header", ["location: ", "location: http://[", "x: y"])
async def test_a_redirect_to_nowhere_is_dropped(header: str) -> None:
    """A redirect without a target that can be read is no page."""
    serve = saying(f"HTTP/1.1 302 Found\ncontent-length: 0\n{header}")
    async with raw(serve) as port, desk() as opened:
        with pytest.raises(Unusable):
            await opened.ask(f"http://{LOOPBACK}:{port}/")
