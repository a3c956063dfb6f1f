"""Test that a site's robots.txt is obeyed."""

from __future__ import annotations

import pytest
from pytest_httpserver import HTTPServer

from graph.errors import Refused, Unavailable, Unusable
from tests.tools.page.serving import Desk

RULES = "User-agent: *\nDisallow: /private\n\nUser-agent: attest\nDisallow: /ours\nAllow: /ours/open\n"


def page(server: HTTPServer, path: str = "/a") -> str:
    """Serve a page and return its address."""
    server.expect_request(path).respond_with_data("Krill swarm.", content_type="text/plain")
    return server.url_for(path)


def fetched(server: HTTPServer) -> int:
    """Count how often robots.txt was asked for."""
    return sum(request.path == "/robots.txt" for request, _ in server.log)


async def test_a_page_that_is_disallowed_is_not_asked_for(reader: Desk, httpserver: HTTPServer) -> None:
    """Our own group of rules counts before the one for all, and the longest rule in it."""
    httpserver.expect_request("/robots.txt").respond_with_data(RULES)
    for allowed in ("/a", "/private", "/ours/open"):
        assert (await reader.ask(page(httpserver, allowed))).snapshots
    with pytest.raises(Unusable, match=r"robots\.txt of localhost does not allow it"):
        await reader.ask(page(httpserver, "/ours/shut"))
    assert "/ours/shut" not in [request.path for request, _ in httpserver.log]


async def test_a_redirect_does_not_lead_around_the_rules(reader: Desk, httpserver: HTTPServer) -> None:
    """Each address on the way is asked about."""
    httpserver.expect_request("/robots.txt").respond_with_data("User-agent: *\nDisallow: /shut")
    httpserver.expect_request("/a").respond_with_data("", status=302, headers={"location": "/shut"})
    with pytest.raises(Unusable, match="does not allow"):
        await reader.ask(httpserver.url_for("/a"))


async def test_rules_are_kept_for_an_hour(reader: Desk, httpserver: HTTPServer) -> None:
    """Within the hour they are not asked for again; after it they are."""
    httpserver.expect_request("/robots.txt").respond_with_data(RULES)
    url = page(httpserver)
    await reader.ask(url)
    reader.clock[0] += 3599
    await reader.ask(url)
    assert fetched(httpserver) == 1
    reader.clock[0] += 1
    await reader.ask(url)
    assert fetched(httpserver) == 2


@pytest.mark.parametrize("status", [401, 403, 404, 410, 429])
async def test_a_site_without_rules_allows_all(reader: Desk, httpserver: HTTPServer, status: int) -> None:
    """A client error means that there is no file (RFC 9309, 2.3.1.3)."""
    httpserver.expect_request("/robots.txt").respond_with_data("Disallow: /", status=status)
    assert (await reader.ask(page(httpserver))).snapshots


async def test_a_site_that_cannot_say_allows_nothing_yet(reader: Desk, httpserver: HTTPServer) -> None:
    """A server error means that all is disallowed until it can (RFC 9309, 2.3.1.4), and is not kept."""
    httpserver.expect_oneshot_request("/robots.txt").respond_with_data(
        "", status=503, headers={"retry-after": "9"}
    )
    url = page(httpserver)
    with pytest.raises(Unavailable, match=r"robots\.txt") as unsaid:
        await reader.ask(url)
    assert unsaid.value.retry_after == 9.0
    assert (await reader.ask(url)).snapshots


async def test_rules_are_found_behind_redirects(reader: Desk, httpserver: HTTPServer) -> None:
    """The file may lie elsewhere; a loop of redirects is no file."""
    httpserver.expect_oneshot_request("/robots.txt").respond_with_data(
        "", status=301, headers={"location": "/rules"}
    )
    httpserver.expect_request("/rules").respond_with_data("User-agent: *\nDisallow: /")
    with pytest.raises(Unusable, match="does not allow"):
        await reader.ask(page(httpserver))
    reader.clock[0] += 3600
    httpserver.expect_request("/robots.txt").respond_with_data(
        "", status=301, headers={"location": "/robots.txt"}
    )
    assert (await reader.ask(page(httpserver))).snapshots


async def test_rules_do_not_lead_inside(reader: Desk, httpserver: HTTPServer) -> None:
    """A robots.txt that redirects to a private address is not followed there."""
    httpserver.expect_request("/robots.txt").respond_with_data(
        "", status=302, headers={"location": "http://169.254.169.254/"}
    )
    with pytest.raises(Refused):
        await reader.ask(page(httpserver))


async def test_only_the_beginning_of_endless_rules_is_read(reader: Desk, httpserver: HTTPServer) -> None:
    """What follows the first 500 KB is left out, and what stands before it holds."""
    rules = "User-agent: *\nDisallow: /shut\n" + "# padding\n" * 60_000 + "Disallow: /\n"
    httpserver.expect_request("/robots.txt").respond_with_data(rules)
    assert (await reader.ask(page(httpserver))).snapshots
    with pytest.raises(Unusable):
        await reader.ask(page(httpserver, "/shut"))
